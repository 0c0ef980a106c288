package org.tailrace.data;

import java.util.Locale;

/** The type of a column: Spark SQL's types under Spark's names. */
public sealed interface DataType {

    DataType BOOLEAN = Simple.BOOLEAN;
    DataType TINYINT = Simple.TINYINT;
    DataType SMALLINT = Simple.SMALLINT;
    DataType INT = Simple.INT;
    DataType BIGINT = Simple.BIGINT;
    DataType FLOAT = Simple.FLOAT;
    DataType DOUBLE = Simple.DOUBLE;
    DataType STRING = Simple.STRING;
    DataType BINARY = Simple.BINARY;
    DataType DATE = Simple.DATE;
    DataType TIMESTAMP = Simple.TIMESTAMP;
    DataType TIMESTAMP_NTZ = Simple.TIMESTAMP_NTZ;
    DataType VOID = Simple.VOID;
    DataType DAY_TIME = new DayTimeInterval(DayTimeInterval.DAY, DayTimeInterval.SECOND);
    DataType YEAR_MONTH = new YearMonthInterval(YearMonthInterval.YEAR, YearMonthInterval.MONTH);

    /** The name in Spark's DDL, such as {@code decimal(10,2)} or {@code array<int>}. */
    String ddl();

    Storage storage();

    default boolean isIntegral() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    default boolean isFractional() {
        return this == FLOAT || this == DOUBLE;
    }

    default boolean isNumeric() {
        return isIntegral() || isFractional() || this instanceof Decimal;
    }

    /** Types without parameters. {@code VOID} is the type of a bare NULL. */
    enum Simple implements DataType {
        BOOLEAN(Storage.BOOLEAN),
        TINYINT(Storage.INT),
        SMALLINT(Storage.INT),
        INT(Storage.INT),
        BIGINT(Storage.LONG),
        FLOAT(Storage.DOUBLE),
        DOUBLE(Storage.DOUBLE),
        STRING(Storage.BYTES),
        BINARY(Storage.BYTES),
        DATE(Storage.INT),
        TIMESTAMP(Storage.LONG),
        TIMESTAMP_NTZ(Storage.LONG),
        VOID(Storage.BOOLEAN);

        private final Storage storage;

        Simple(Storage storage) {
            this.storage = storage;
        }

        @Override
        public String ddl() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    /** A decimal number of {@code precision} digits (1 to 38), {@code scale} of them after the point. */
    record Decimal(int precision, int scale) implements DataType {
        public static final int MAX_PRECISION = 38;
        /** Up to this precision the unscaled value is one long. */
        public static final int LONG_PRECISION = 18;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
            }
        }

        @Override
        public String ddl() {
            return "decimal(" + precision + "," + scale + ")";
        }

        @Override
        public Storage storage() {
            return precision <= LONG_PRECISION ? Storage.LONG : Storage.DECIMAL128;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    /** Microseconds, shown from one unit to another. */
    record DayTimeInterval(int from, int to) implements DataType {
        public static final int DAY = 0;
        public static final int HOUR = 1;
        public static final int MINUTE = 2;
        public static final int SECOND = 3;
        private static final String[] NAMES = {"day", "hour", "minute", "second"};

        @Override
        public String ddl() {
            return "interval " + NAMES[from] + (from == to ? "" : " to " + NAMES[to]);
        }

        @Override
        public Storage storage() {
            return Storage.LONG;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    /** Months, shown as years, months or both. */
    record YearMonthInterval(int from, int to) implements DataType {
        public static final int YEAR = 0;
        public static final int MONTH = 1;
        private static final String[] NAMES = {"year", "month"};

        @Override
        public String ddl() {
            return "interval " + NAMES[from] + (from == to ? "" : " to " + NAMES[to]);
        }

        @Override
        public Storage storage() {
            return Storage.INT;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    record Array(DataType element, boolean containsNull) implements DataType {
        @Override
        public String ddl() {
            return "array<" + element.ddl() + ">";
        }

        @Override
        public Storage storage() {
            return Storage.ARRAY;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    record Map(DataType key, DataType value, boolean valueContainsNull) implements DataType {
        @Override
        public String ddl() {
            return "map<" + key.ddl() + "," + value.ddl() + ">";
        }

        @Override
        public Storage storage() {
            return Storage.MAP;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    record Struct(Schema fields) implements DataType {
        @Override
        public String ddl() {
            var out = new StringBuilder("struct<");
            for (Field field : fields.fields()) {
                out.append(out.length() > 7 ? "," : "")
                        .append(Field.quoted(field.name()))
                        .append(':')
                        .append(field.type().ddl());
            }
            return out.append('>').toString();
        }

        @Override
        public Storage storage() {
            return Storage.STRUCT;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }

    /** Java objects of a DStream: never in SQL, never in a checkpoint. */
    record Opaque() implements DataType {
        @Override
        public String ddl() {
            return "object";
        }

        @Override
        public Storage storage() {
            return Storage.OBJECT;
        }

        @Override
        public String toString() {
            return ddl();
        }
    }
}
