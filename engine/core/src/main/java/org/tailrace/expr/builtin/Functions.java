package org.tailrace.expr.builtin;

import java.util.Arrays;
import java.util.List;
import org.tailrace.expr.Function;
import org.tailrace.expr.FunctionTable;

/** The one table of built-in functions. The class of a family is loaded when one of its functions is asked for. */
public final class Functions {
    private static final FunctionTable TABLE = new FunctionTable(Arrays.stream(Kind.values())
            .map(kind -> new FunctionTable.Family(kind.names, () -> functions(kind)))
            .toArray(FunctionTable.Family[]::new));

    private Functions() {}

    public static FunctionTable table() {
        return TABLE;
    }

    /** The families, in the order of the table, with the names of their functions. */
    private enum Kind {
        OPERATORS("=,==,<=>,<,<=,>,>=,and,or,not,!,isnull,is null,isnotnull,is not null,in,between,coalesce,nvl,"
                + "ifnull,if,nvl2,nullif,/,try_divide"),
        ARITHMETIC("+,-,*,try_add,try_subtract,try_multiply"),
        REMAINDER("%,mod,try_mod,pmod,div"),
        ACCESS(".,[],get,element_at,try_element_at"),
        SUMS("count,count_if,sum,try_sum,avg,mean,try_avg,min,max,min_by,max_by"),
        AGGREGATES("first,first_value,last,last_value,any_value,collect_list,array_agg,collect_set,mode,percentile,"
                + "median,percentile_cont,percentile_disc,percentile_approx,approx_percentile,approx_count_distinct,stddev,std,stddev_samp,"
                + "stddev_pop,variance,var_samp,var_pop,skewness,kurtosis,covar_pop,covar_samp,corr,regr_slope,"
                + "regr_intercept,regr_r2,bool_and,every,bool_or,some,any,bit_and,bit_or,bit_xor,listagg,string_agg"),
        TEXT("upper,ucase,lower,lcase,initcap,soundex,trim,ltrim,rtrim,btrim,replace,translate,repeat,space,"
                + "overlay,mask,length,char_length,character_length,len,octet_length,bit_length,ascii,chr,char,"
                + "levenshtein,luhn_check,quote,elt,sentences,instr,locate,position,find_in_set,substring,substr,left,right,substring_index,"
                + "split_part,lpad,rpad,startswith,endswith,contains"),
        PATTERNS("like,ilike,rlike,regexp,regexp_like,regexp_extract,regexp_extract_all,regexp_replace,"
                + "regexp_count,regexp_instr,regexp_substr,split"),
        CODES("md5,sha1,sha,sha2,crc32,hash,xxhash64,base64,unbase64,hex,unhex,encode,decode,url_encode,"
                + "url_decode,try_url_decode,parse_url,try_parse_url,to_binary,try_to_binary,is_valid_utf8,"
                + "make_valid_utf8,validate_utf8,try_validate_utf8,bin,conv,format_number,format_string,printf"),
        NUMBERS("sqrt,cbrt,exp,expm1,sin,cos,tan,cot,sec,csc,asin,acos,atan,sinh,cosh,tanh,asinh,acosh,atanh,"
                + "degrees,radians,rint,pow,power,atan2,hypot,pi,e,isnan,ln,log10,log2,log1p,log,&,|,^,<<,"
                + "shiftleft,>>,shiftright,>>>,shiftrightunsigned,bit_count,bit_get,getbit,bitmap_bit_position,bitmap_bucket_number,factorial,width_bucket,"
                + "nanvl,round,bround,ceil,ceiling,floor,negative,positive,abs,sign,signum,~,greatest,least,rand,"
                + "random,randn,uuid"),
        TIMES("year,quarter,month,day,dayofmonth,dayofweek,dayofyear,weekofyear,weekday,dayname,monthname,hour,"
                + "minute,second,extract,date_part,datepart,date_add,dateadd,date_sub,datediff,date_diff,"
                + "add_months,last_day,next_day,months_between,make_date,make_timestamp,make_timestamp_ltz,make_timestamp_ntz,"
                + "try_make_timestamp,try_make_timestamp_ltz,try_make_timestamp_ntz,make_dt_interval,"
                + "make_ym_interval,timestamp_seconds,timestamp_millis,timestamp_micros,unix_seconds,unix_millis,"
                + "unix_micros,unix_date,date_from_unix_date,from_utc_timestamp,to_utc_timestamp,convert_timezone,"
                + "current_timezone,current_timestamp,now,current_date,curdate,localtimestamp,timestampadd,timestampdiff,date_trunc,trunc,"
                + "date_format,from_unixtime,to_timestamp,try_to_timestamp,to_timestamp_ntz,to_timestamp_ltz,"
                + "to_date,date,try_to_date,unix_timestamp,to_unix_timestamp"),
        WINDOWS("window,session_window,window_time"),
        JSON("get_json_object,from_json,from_csv,to_json,to_csv,json_array_length,json_object_keys,json_tuple"),
        ARRAYS(
                "array,size,cardinality,array_size,array_contains,array_position,arrays_overlap,array_max,"
                        + "array_min,array_distinct,array_union,array_intersect,array_except,array_remove,array_compact,"
                        + "array_append,array_prepend,array_insert,array_repeat,shuffle,slice,reverse,sort_array,flatten,sequence,array_join"),
        MAPS("map,map_keys,map_values,map_contains_key,map_concat,map_from_arrays,map_entries,"
                + "map_from_entries,str_to_map"),
        LAMBDAS("transform,filter,exists,forall,map_filter,transform_keys,transform_values,aggregate,reduce,"
                + "zip_with,array_sort"),
        GENERATORS("explode,explode_outer,posexplode,posexplode_outer,inline,inline_outer,stack"),
        MISCELLANY("named_struct,struct,raise_error,assert_true,typeof"),
        CONCAT("concat,||,concat_ws");

        final String names;

        Kind(String names) {
            this.names = names;
        }
    }

    private static List<? extends Function> functions(Kind kind) {
        return switch (kind) {
            case OPERATORS -> operators();
            case ARITHMETIC -> Arithmetic.ALL;
            case REMAINDER -> Remainder.ALL;
            case ACCESS -> Access.ALL;
            case SUMS -> Aggregates.sums();
            case AGGREGATES -> Aggregates.others();
            case TEXT -> TextFunctions.all();
            case PATTERNS -> PatternFunctions.all();
            case CODES -> CodeFunctions.all();
            case NUMBERS -> MathFunctions.all();
            case TIMES -> TimeFunctions.all();
            case WINDOWS -> WindowFunctions.all();
            case JSON -> JsonFunctions.all();
            case ARRAYS -> ArrayFunctions.all();
            case MAPS -> MapFunctions.all();
            case LAMBDAS -> Lambdas.ALL;
            case GENERATORS -> Generators.ALL;
            case MISCELLANY ->
                List.of(MakeStruct.NAMED, MakeStruct.PLAIN, Miscellany.RAISE, Miscellany.ASSERT, Miscellany.TYPE);
            case CONCAT -> List.of(Concat.CONCAT, Concat.CONCAT_WS);
        };
    }

    private static List<Function> operators() {
        return List.of(
                Comparison.EQUAL,
                Comparison.SAME,
                Comparison.LESS,
                Comparison.LESS_OR_EQUAL,
                Comparison.GREATER,
                Comparison.GREATER_OR_EQUAL,
                Logic.AND,
                Logic.OR,
                new Not(),
                NullTest.IS_NULL,
                NullTest.IS_NOT_NULL,
                new In(),
                new Between(),
                Coalesce.COALESCE,
                Coalesce.NVL,
                Conditional.IF,
                Conditional.NVL2,
                Conditional.NULLIF,
                Division.DIVIDE,
                Division.TRY_DIVIDE);
    }
}
