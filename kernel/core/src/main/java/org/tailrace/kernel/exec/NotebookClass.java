package org.tailrace.kernel.exec;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class of the notebook means for how it can be loaded.
 *
 * @param open whether another snippet sees nothing of it that is neither public nor private: only then may the two have
 *     loaders of their own, since classes of two loaders are never of one package
 * @param named the other notebook classes that it mentions
 */
record NotebookClass(String name, byte[] classFile, boolean open, Set<String> named) {

    private static final Pattern MENTION = Pattern.compile("REPL/(\\$JShell\\$\\d+[A-Z]*(?:\\$[^;/.<>()\\[:]+)?)");
    private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*");
    private static final int UTF8 = 1;

    static NotebookClass of(String name, byte[] classFile) {
        var reader = new ClassReader(classFile);
        var visibility = new Visibility();
        reader.accept(visibility, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        var named = mentions(reader);
        named.remove(name);
        return new NotebookClass(name, classFile, visibility.open || visibility.inMethod, named);
    }

    /** Whether JShell made this class, to hold a snippet. */
    static boolean isWrapper(String className) {
        return WRAPPER.matcher(className).matches();
    }

    /** The wrapper that it is, or is nested in; the name itself if it is no snippet's. */
    String wrapper() {
        var matcher = WRAPPER.matcher(name);
        return matcher.lookingAt() ? matcher.group() : name;
    }

    private static Set<String> mentions(ClassReader reader) {
        var found = new HashSet<String>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0 && reader.readByte(item - 1) == UTF8) {
                var bytes = new byte[reader.readUnsignedShort(item)];
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) reader.readByte(item + 2 + k);
                }
                var matcher = MENTION.matcher(new String(bytes, StandardCharsets.UTF_8));
                while (matcher.find()) {
                    found.add("REPL." + matcher.group(1));
                }
            }
        }
        return found;
    }

    private static final class Visibility extends ClassVisitor {
        private boolean open = true;
        /** Anonymous and local classes: no other snippet can name them. */
        private boolean inMethod;

        Visibility() {
            super(Opcodes.ASM9);
        }

        private void member(int access) {
            open &= (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PRIVATE)) != 0;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            member(access);
        }

        @Override
        public void visitOuterClass(String owner, String name, String descriptor) {
            inMethod = true;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            member(access);
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            if (!name.equals("<clinit>")) {
                member(access);
            }
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }
    }
}
