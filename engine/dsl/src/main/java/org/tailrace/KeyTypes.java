package org.tailrace;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/** What type the compiler gave the result of a key lambda: erased at run time, but written in its serial form. */
final class KeyTypes {
    private KeyTypes() {}

    /** @throws PlanException TR-159 if the function is no lambda or method reference, or its type cannot be a key */
    static Class<?> of(KeyFunction<?, ?> function, ClassLoader loader) {
        try {
            Method replace = function.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            var lambda = (SerializedLambda) replace.invoke(function);
            Class<?> type = MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader)
                    .returnType();
            if (type != Object.class) {
                return type;
            }
        } catch (ReflectiveOperationException | TypeNotPresentException e) {
            throw unknown(e);
        }
        throw unknown(null);
    }

    private static PlanException unknown(@org.jspecify.annotations.Nullable Throwable cause) {
        return new PlanException(
                Problem.of("TR-159", "the type of the key is not known")
                        .because("a key must have one type, which a checkpoint records")
                        .fix("give a lambda or method reference such as Trade::symbol"),
                cause);
    }
}
