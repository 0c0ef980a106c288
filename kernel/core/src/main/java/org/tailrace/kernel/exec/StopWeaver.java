package org.tailrace.kernel.exec;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves a call of {@link StopCheck#check} into notebook classes: at each method entry, so that recursion ends, and
 * before each backward jump, so that loops end. A {@code finally} block still runs; a loop that catches {@code Throwable}
 * swallows the stop once and meets it again at its next jump, which lies outside the {@code try}.
 *
 * <p>JShell's wrappers become public on the way, as all that they hold is, so that each may have a loader of its own.
 *
 * <p>The call takes nothing from the operand stack and leaves nothing on it: no frame and no maximum has to be computed
 * again. Static initialisers get no check at their entry, since a class whose initialiser failed is lost for good.
 */
final class StopWeaver {

    private static final String CHECK = StopCheck.class.getName().replace('.', '/');

    private StopWeaver() {}

    static byte[] weave(byte[] classFile) {
        var reader = new ClassReader(classFile);
        var writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    private boolean wrapper;

                    @Override
                    public void visit(
                            int version,
                            int access,
                            String name,
                            String signature,
                            String superName,
                            String[] interfaces) {
                        wrapper = NotebookClass.isWrapper(name.replace('/', '.'));
                        super.visit(version, seen(wrapper, access), name, signature, superName, interfaces);
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        boolean constructor = wrapper && name.equals("<init>");
                        var next =
                                super.visitMethod(seen(constructor, access), name, descriptor, signature, exceptions);
                        return new Checks(next, !name.equals("<clinit>"));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static int seen(boolean byAll, int access) {
        return byAll ? access | Opcodes.ACC_PUBLIC : access;
    }

    private static final class Checks extends MethodVisitor {

        private final Set<Label> seen = new HashSet<>();
        private final boolean atEntry;

        Checks(MethodVisitor next, boolean atEntry) {
            super(Opcodes.ASM9, next);
            this.atEntry = atEntry;
        }

        private void check() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, CHECK, "check", "()V", false);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (atEntry) {
                check();
            }
        }

        @Override
        public void visitLabel(Label label) {
            seen.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (seen.contains(target)) {
                check();
            }
            super.visitJumpInsn(opcode, target);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
            if (seen.contains(dflt)) {
                check();
            }
            super.visitTableSwitchInsn(min, max, dflt, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
            if (seen.contains(dflt)) {
                check();
            }
            super.visitLookupSwitchInsn(dflt, keys, labels);
        }
    }
}
