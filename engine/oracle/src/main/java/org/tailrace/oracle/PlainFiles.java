package org.tailrace.oracle;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The local disk without permissions, for each of which Hadoop would start a process. Hadoop makes it by its name. */
public final class PlainFiles extends RawLocalFileSystem {
    @Override
    public void setPermission(Path file, FsPermission permission) {}
}
