package org.tailrace.data;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailrace.error.PlanException;
import org.tailrace.error.Problem;

/**
 * Between records and rows. A record describes rows at the edge only: the engine keeps names and types, never the class.
 *
 * <p>Components may be booleans, numbers (primitive or boxed), BigDecimal, String, byte[], Instant, LocalDate,
 * LocalDateTime, Duration, Period, List, Map and records of these. A primitive component is a column that is never null.
 *
 * @param <T> the record
 */
public final class RecordBinding<T> {
    private static final Map<Class<?>, DataType> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put(boolean.class, DataType.BOOLEAN);
        TYPES.put(Boolean.class, DataType.BOOLEAN);
        TYPES.put(byte.class, DataType.TINYINT);
        TYPES.put(Byte.class, DataType.TINYINT);
        TYPES.put(short.class, DataType.SMALLINT);
        TYPES.put(Short.class, DataType.SMALLINT);
        TYPES.put(int.class, DataType.INT);
        TYPES.put(Integer.class, DataType.INT);
        TYPES.put(long.class, DataType.BIGINT);
        TYPES.put(Long.class, DataType.BIGINT);
        TYPES.put(float.class, DataType.FLOAT);
        TYPES.put(Float.class, DataType.FLOAT);
        TYPES.put(double.class, DataType.DOUBLE);
        TYPES.put(Double.class, DataType.DOUBLE);
        TYPES.put(String.class, DataType.STRING);
        TYPES.put(byte[].class, DataType.BINARY);
        TYPES.put(Instant.class, DataType.TIMESTAMP);
        TYPES.put(LocalDateTime.class, DataType.TIMESTAMP_NTZ);
        TYPES.put(LocalDate.class, DataType.DATE);
        TYPES.put(Duration.class, DataType.DAY_TIME);
        TYPES.put(Period.class, DataType.YEAR_MONTH);
        TYPES.put(BigDecimal.class, new DataType.Decimal(38, 18));
    }

    private final Class<T> type;
    private final Schema schema;
    private final MethodHandle constructor;
    private final List<Part> parts;
    /** Column of each component in the rows that are read. */
    private final int[] columns;

    /** One component: its accessor, and what nested records need. */
    private record Part(
            String name,
            Class<?> raw,
            DataType type,
            MethodHandle get,
            @Nullable RecordBinding<?> nested) {}

    private RecordBinding(Class<T> type, Schema schema, MethodHandle constructor, List<Part> parts, int[] columns) {
        this.type = type;
        this.schema = schema;
        this.constructor = constructor;
        this.parts = parts;
        this.columns = columns;
    }

    /**
     * The binding of a record to rows of its own schema.
     *
     * @throws PlanException TR-154 if the class is no record or a component has a type that no column has
     */
    public static <T> RecordBinding<T> of(Class<T> type) {
        if (!type.isRecord()) {
            throw new PlanException(Problem.of("TR-154", type.getSimpleName() + " is not a record")
                    .fix("declare it as: record " + type.getSimpleName() + "(String name, long value) {}"));
        }
        var parts = new ArrayList<Part>();
        var fields = new ArrayList<Field>();
        var parameters = new ArrayList<Class<?>>();
        try {
            var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (RecordComponent component : type.getRecordComponents()) {
                Class<?> raw = component.getType();
                DataType column = type(component.getGenericType(), raw, type, component.getName());
                RecordBinding<?> nested = raw.isRecord() ? of(raw) : null;
                parts.add(
                        new Part(component.getName(), raw, column, lookup.unreflect(component.getAccessor()), nested));
                fields.add(new Field(component.getName(), column, !raw.isPrimitive()));
                parameters.add(raw);
            }
            MethodHandle constructor =
                    lookup.unreflectConstructor(type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new)));
            int[] columns = new int[parts.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = i;
            }
            return new RecordBinding<>(type, new Schema(fields), constructor, parts, columns);
        } catch (ReflectiveOperationException e) {
            throw new PlanException(
                    Problem.of("TR-154", "the record " + type.getSimpleName() + " is out of reach")
                            .fix("declare it public, or in the same cell"),
                    e);
        }
    }

    /** As {@link #of(Class)}; empty if the class cannot be bound. */
    public static <T> Optional<RecordBinding<T>> find(Class<T> type) {
        try {
            return Optional.of(of(type));
        } catch (PlanException e) {
            return Optional.empty();
        }
    }

    /**
     * A binding that reads rows of {@code rows}, whose columns are matched to components by name, case ignored.
     *
     * @throws PlanException TR-101 if a component has no column, TR-102 if that has a type the component cannot hold
     */
    public static <T> RecordBinding<T> of(Class<T> type, Schema rows) {
        RecordBinding<T> own = of(type);
        int[] columns = new int[own.parts.size()];
        for (int i = 0; i < columns.length; i++) {
            Part part = own.parts.get(i);
            columns[i] = rows.indexOf(part.name);
            if (columns[i] < 0) {
                throw new PlanException(
                        Problem.of("TR-101", "no column '" + part.name + "' for the record " + type.getSimpleName())
                                .have(rows.toString())
                                .fix("name the components as the columns are named"));
            }
            DataType column = rows.type(columns[i]);
            if (!fits(column, part.type)) {
                throw new PlanException(Problem.of(
                                "TR-102",
                                "column '" + part.name + "' is " + column.ddl() + ", and " + type.getSimpleName() + "."
                                        + part.name + " a " + part.raw.getSimpleName())
                        .have(rows.toString())
                        .fix("change the component's type, or cast the column before"));
            }
        }
        return new RecordBinding<>(type, own.schema, own.constructor, own.parts, columns);
    }

    /** Whether values of the column can be given to the component: the same type, or a wider number. */
    private static boolean fits(DataType column, DataType component) {
        if (column.equals(component)) {
            return true;
        }
        if (column instanceof DataType.Struct && component instanceof DataType.Struct
                || column instanceof DataType.Array && component instanceof DataType.Array
                || column instanceof DataType.Map && component instanceof DataType.Map
                || column instanceof DataType.DayTimeInterval && component instanceof DataType.DayTimeInterval
                || column instanceof DataType.YearMonthInterval && component instanceof DataType.YearMonthInterval
                || column instanceof DataType.Decimal && component instanceof DataType.Decimal) {
            return true;
        }
        if (column.isIntegral() && component.isIntegral()) {
            return width(column) <= width(component);
        }
        return (column.isIntegral() || column.isFractional()) && component == DataType.DOUBLE
                || column.isIntegral() && component == DataType.FLOAT && width(column) <= 2;
    }

    private static int width(DataType type) {
        return type == DataType.TINYINT ? 1 : type == DataType.SMALLINT ? 2 : type == DataType.INT ? 4 : 8;
    }

    /**
     * The column type of a class that is no record.
     *
     * @throws PlanException TR-154 if there is none
     */
    public static DataType type(Class<?> type) {
        DataType found = TYPES.get(type);
        if (found == null) {
            throw new PlanException(Problem.of("TR-154", "no column type for " + type.getSimpleName())
                    .have(known()));
        }
        return found;
    }

    private static DataType type(Type generic, Class<?> raw, Class<?> owner, String name) {
        DataType simple = TYPES.get(raw);
        if (simple != null) {
            return simple;
        }
        if (raw.isRecord()) {
            return new DataType.Struct(of(raw).schema);
        }
        if (generic instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            if (List.class.isAssignableFrom(raw)) {
                return new DataType.Array(element(arguments[0], owner, name), true);
            }
            if (Map.class.isAssignableFrom(raw)) {
                return new DataType.Map(element(arguments[0], owner, name), element(arguments[1], owner, name), true);
            }
        }
        throw new PlanException(Problem.of(
                        "TR-154",
                        "no column type for " + owner.getSimpleName() + "." + name + " of type "
                                + generic.getTypeName())
                .have(known()));
    }

    private static DataType element(Type generic, Class<?> owner, String name) {
        if (generic instanceof Class<?> raw) {
            return type(raw, raw, owner, name);
        }
        if (generic instanceof ParameterizedType parameterized) {
            return type(generic, (Class<?>) parameterized.getRawType(), owner, name);
        }
        Class<?> raw = generic instanceof GenericArrayType ? Object[].class : Object.class;
        return type(generic, raw, owner, name);
    }

    private static String known() {
        return "boolean, byte, short, int, long, float, double and their boxes, BigDecimal, String, byte[], Instant,"
                + " LocalDateTime, LocalDate, Duration, Period, List, Map, records of these";
    }

    public Class<T> type() {
        return type;
    }

    /** One column per component, in order. */
    public Schema schema() {
        return schema;
    }

    /** The row of a record, in this binding's schema. */
    public Row row(T record) {
        List<@Nullable Object> values = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Object value;
            try {
                value = part.get.invoke(record);
            } catch (Throwable e) {
                throw rethrown(e);
            }
            values.add(outside(part.nested, value));
        }
        return new Row(schema, values);
    }

    private static @Nullable Object outside(@Nullable RecordBinding<?> nested, @Nullable Object value) {
        if (nested != null && value != null) {
            return nested.rowOf(value);
        }
        if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record) {
            var rows = new ArrayList<@Nullable Object>();
            list.forEach(each ->
                    rows.add(each instanceof Record ? of(each.getClass()).rowOf(each) : null));
            return rows;
        }
        return value;
    }

    private Row rowOf(Object record) {
        return row(type.cast(record));
    }

    /**
     * The record of a row.
     *
     * @throws IllegalArgumentException if NULL meets a primitive component
     */
    public T record(Row row) {
        Object[] arguments = new Object[parts.size()];
        for (int i = 0; i < arguments.length; i++) {
            Part part = parts.get(i);
            Object value = row.get(columns[i]);
            if (value == null && part.raw.isPrimitive()) {
                throw new IllegalArgumentException("column '" + part.name + "' is NULL, and " + type.getSimpleName()
                        + "." + part.name + " is a " + part.raw + ", which cannot be");
            }
            arguments[i] = inside(part, value);
        }
        try {
            return type.cast(constructor.invokeWithArguments(arguments));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static @Nullable Object inside(Part part, @Nullable Object value) {
        if (part.nested != null && value instanceof Row row) {
            return of(part.raw, row.schema()).record(row);
        }
        if (value instanceof Number number) {
            DataType type = part.type;
            if (type == DataType.BIGINT) {
                return number.longValue();
            } else if (type == DataType.INT) {
                return number.intValue();
            } else if (type == DataType.SMALLINT) {
                return number.shortValue();
            } else if (type == DataType.DOUBLE) {
                return number.doubleValue();
            } else if (type == DataType.FLOAT) {
                return number.floatValue();
            }
        }
        return value;
    }

    private static RuntimeException rethrown(Throwable e) {
        if (e instanceof RuntimeException runtime) {
            return runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
