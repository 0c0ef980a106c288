package org.tailrace.dstream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.CheckpointException;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * Values as bytes, for what a checkpoint keeps of DStreams: numbers, text, booleans, bytes, instants, lists, maps, and records
 * of these. A class is named in the bytes only if it is a record, and reading runs no code but that of its constructor.
 */
final class Codec {
    private final Function<String, Optional<Class<?>>> types;

    /** @param types finds a record's class by its name */
    Codec(Function<String, Optional<Class<?>>> types) {
        this.types = types;
    }

    /** @throws PlanException TR-164 if a value is of another class */
    byte[] write(@Nullable Object value) {
        var bytes = new ByteArrayOutputStream();
        try {
            write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof String text) {
            out.writeByte('s');
            bytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), out);
        } else if (value instanceof Integer number) {
            out.writeByte('i');
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('d');
            out.writeDouble(number);
        } else if (value instanceof Float number) {
            out.writeByte('f');
            out.writeFloat(number);
        } else if (value instanceof Boolean truth) {
            out.writeByte('b');
            out.writeBoolean(truth);
        } else if (value instanceof byte[] raw) {
            out.writeByte('r');
            bytes(raw, out);
        } else if (value instanceof Instant instant) {
            out.writeByte('t');
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        } else if (value instanceof List<?> list) {
            out.writeByte('a');
            out.writeInt(list.size());
            for (Object each : list) {
                write(each, out);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte('m');
            out.writeInt(map.size());
            for (Map.Entry<?, ?> each : map.entrySet()) {
                write(each.getKey(), out);
                write(each.getValue(), out);
            }
        } else if (value instanceof Record record) {
            record(record, out);
        } else {
            throw new PlanException(Problem.of(
                            "TR-164",
                            "a checkpoint cannot keep a " + value.getClass().getName())
                    .because("what a DStream keeps from batch to batch must be written down and read again")
                    .fix("numbers, text, booleans, instants, lists, maps and records of these; or no checkpoint"));
        }
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void record(Record record, DataOutputStream out) throws IOException {
        out.writeByte('o');
        out.writeUTF(record.getClass().getName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                var get = component.getAccessor();
                get.setAccessible(true);
                write(get.invoke(record), out);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @throws CheckpointException TR-605 if the bytes are not those of a value, or a record has changed */
    @Nullable
    Object read(byte[] bytes) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            throw new CheckpointException(
                    Problem.of("TR-604", "a value of a DStream in the checkpoint cannot be read: " + e.getMessage())
                            .because("its record is gone, or has other components now")
                            .fix("declare the record as it was, or start with another checkpoint"),
                    e);
        }
    }

    private @Nullable Object read(DataInputStream in) throws IOException, ReflectiveOperationException {
        int tag = in.readByte();
        switch (tag) {
            case '0':
                return null;
            case 's':
                return new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
            case 'i':
                return in.readInt();
            case 'l':
                return in.readLong();
            case 'd':
                return in.readDouble();
            case 'f':
                return in.readFloat();
            case 'b':
                return in.readBoolean();
            case 'r':
                return in.readNBytes(in.readInt());
            case 't':
                return Instant.ofEpochSecond(in.readLong(), in.readInt());
            case 'a':
                var list = new ArrayList<@Nullable Object>();
                for (int left = in.readInt(); left > 0; left--) {
                    list.add(read(in));
                }
                return list;
            case 'm':
                var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                for (int left = in.readInt(); left > 0; left--) {
                    Object key = read(in);
                    map.put(key, read(in));
                }
                return map;
            case 'o':
                return record(in);
            default:
                throw new IOException("no value begins with " + tag);
        }
    }

    private Object record(DataInputStream in) throws IOException, ReflectiveOperationException {
        String name = in.readUTF();
        Class<?> type = types.apply(name)
                .filter(Class::isRecord)
                .orElseThrow(() -> new IOException("there is no record " + name));
        RecordComponent[] components = type.getRecordComponents();
        var parameters = new Class<?>[components.length];
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
            values[i] = read(in);
        }
        var constructor = type.getDeclaredConstructor(parameters);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }
}
