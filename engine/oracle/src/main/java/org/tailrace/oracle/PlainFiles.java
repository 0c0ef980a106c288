package org.tailrace.oracle;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk without checksums, and without permissions, for each of which Hadoop would start a process. Hadoop makes
 * it by its name.
 */
public final class PlainFiles extends LocalFileSystem {
    public PlainFiles() {
        super(new WithoutPermissions());
        setWriteChecksum(false);
        setVerifyChecksum(false);
    }

    private static final class WithoutPermissions extends RawLocalFileSystem {
        @Override
        public void setPermission(Path file, FsPermission permission) {}
    }
}
