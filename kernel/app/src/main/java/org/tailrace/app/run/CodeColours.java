package org.tailrace.app.run;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours a cell's text for the page: Java, magics, and the SQL below {@code %%sql}. */
final class CodeColours {

    private static final Set<String> JAVA = Set.of(
            "abstract assert boolean break byte case catch char class const continue default do double else enum extends "
                    .concat("false final finally float for goto if implements import instanceof int interface long ")
                    .concat("native new null package permits private protected public record return sealed short ")
                    .concat("static strictfp super switch synchronized this throw throws transient true try var ")
                    .concat("void volatile while yield")
                    .split(" "));

    private static final Set<String> SQL = Set.of(
            "all and as asc between by case cast create cross delay desc distinct else end exists false from full group "
                    .concat("having in inner insert interval into is join lateral left like limit not null of offset ")
                    .concat("on or order outer over partition right select set table then true union using values ")
                    .concat("view watermark when where window with")
                    .split(" "));

    private static final Pattern JAVA_TOKEN = Pattern.compile("(?<comment>//[^\\n]*|/\\*(?s:.*?)(?:\\*/|\\z))"
            + "|(?<string>\"\"\"(?s:.*?)(?:(?<!\\\\)\"\"\"|\\z)|\"(?:\\\\.|[^\"\\\\\\n])*\"?|'(?:\\\\.|[^'\\\\\\n])*'?)"
            + "|(?<number>\\b(?:0[xX][0-9a-fA-F_]+|\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:[eE][+-]?\\d+)?)[lLfFdD]?\\b)"
            + "|(?<mark>@\\w+)"
            + "|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)");

    private static final Pattern SQL_TOKEN = Pattern.compile("(?<comment>--[^\\n]*|/\\*(?s:.*?)(?:\\*/|\\z))"
            + "|(?<string>'(?:''|[^'])*'?|\"[^\"\\n]*\"?)"
            + "|(?<number>\\b\\d+(?:\\.\\d+)?\\b)"
            + "|(?<mark>`[^`]*`?)"
            + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)");

    private CodeColours() {}

    static String html(String source) {
        String text = source.stripTrailing();
        if (text.startsWith("%%")) {
            int end = text.indexOf('\n');
            String first = end < 0 ? text : text.substring(0, end);
            String body = end < 0 ? "" : text.substring(end);
            return span("magic", first) + (first.startsWith("%%sql") ? sql(body) : Html.escape(body));
        }
        var html = new StringBuilder();
        var java = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            if (line.stripLeading().startsWith("%")) {
                html.append(java(java.toString()));
                java.setLength(0);
                html.append(span("magic", line));
            } else {
                java.append(line);
            }
        }
        return html.append(java(java.toString())).toString();
    }

    private static String java(String text) {
        return tokens(text, JAVA_TOKEN, word -> {
            if (JAVA.contains(word)) {
                return "keyword";
            }
            return Character.isUpperCase(word.charAt(0)) ? "type" : "";
        });
    }

    private static String sql(String text) {
        return tokens(text, SQL_TOKEN, word -> SQL.contains(word.toLowerCase(Locale.ROOT)) ? "keyword" : "");
    }

    private interface WordClass {
        String of(String word);
    }

    private static String tokens(String text, Pattern pattern, WordClass words) {
        var html = new StringBuilder(text.length() * 2);
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find()) {
            html.append(Html.escape(text.substring(from, matcher.start())));
            from = matcher.end();
            String token = matcher.group();
            String word = matcher.group("word");
            String kind = word != null
                    ? words.of(word)
                    : matcher.group("comment") != null
                            ? "comment"
                            : matcher.group("string") != null
                                    ? "string"
                                    : matcher.group("number") != null ? "number" : "mark";
            html.append(kind.isEmpty() ? Html.escape(token) : span(kind, token));
        }
        return html.append(Html.escape(text.substring(from))).toString();
    }

    private static String span(String kind, String text) {
        return "<span class=\"" + kind + "\">" + Html.escape(text) + "</span>";
    }
}
