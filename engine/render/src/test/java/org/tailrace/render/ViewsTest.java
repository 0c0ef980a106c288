package org.tailrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tailrace.data.DataType;
import org.tailrace.data.Field;
import org.tailrace.data.Row;
import org.tailrace.data.Schema;
import org.tailrace.error.Problem;
import org.tailrace.error.UserCodeException;
import org.tailrace.report.QueryInfo.Roles;
import org.tailrace.report.QueryStatus;
import org.tailrace.report.QueryStatus.State;
import org.tailrace.report.ResultSnapshot;

class ViewsTest {
    private static final List<ViewSpec> ALL = List.of(
            new ViewSpec.Auto(),
            new ViewSpec.Bars("window_start", "count", Optional.of("page")),
            new ViewSpec.Lines("window_start", List.of("avg_ms"), Optional.of("page")),
            new ViewSpec.Rates(),
            new ViewSpec.Watermark(),
            new ViewSpec.Table(50),
            new ViewSpec.State());

    @Test
    void live_cell_of_a_stream_is_as_the_golden_says() {
        Golden.check("live", Views.draw(new ViewSpec.Auto(), Models.clicks(false, 26)));
    }

    @Test
    void live_cell_of_a_replay_is_as_the_golden_says() {
        Golden.check("replay", Views.draw(new ViewSpec.Auto(), Models.clicks(true, 26)));
    }

    @Test
    void a_finished_replay_says_how_much_of_its_stream_went_by() {
        ViewModel running = Models.clicks(true, 26);
        long last = running.reports().get(running.reports().size() - 1).batchTimeMs();
        var finished = new ViewModel(
                running.info(),
                new QueryStatus(State.FINISHED, "", 25, last, null),
                running.reports(),
                running.result(),
                690,
                running.inputRows(),
                0,
                0,
                OptionalLong.of(last - 41_400_000),
                List.of(),
                "");
        String text = Views.draw(new ViewSpec.Auto(), finished).text();
        assertTrue(text.contains(" rows, 11 h 30 min of stream\n"), text);
        assertTrue(text.contains("finished: 690 batches, "), text);
    }

    @Test
    void watermark_view_is_as_the_golden_says() {
        Golden.check("watermark", Views.draw(new ViewSpec.Watermark(), Models.clicks(true, 20)));
    }

    @Test
    void rates_view_is_as_the_golden_says() {
        Golden.check("rates", Views.draw(new ViewSpec.Rates(), Models.clicks(false, 40)));
    }

    @Test
    void failed_view_is_as_the_golden_says() {
        Golden.check("failed", Views.draw(new ViewSpec.Auto(), failed("price is '12,5'")));
    }

    @Test
    void views_use_only_what_an_untrusted_notebook_keeps() {
        for (ViewSpec spec : ALL) {
            for (boolean virtual : new boolean[] {false, true}) {
                Untrusted.check(Views.draw(spec, Models.clicks(virtual, 26)).html());
            }
        }
    }

    @Test
    void frames_stay_within_64_kilobytes() {
        for (ViewSpec spec : ALL) {
            Rendered frame = Views.draw(spec, Models.clicks(false, 100));
            assertTrue(
                    frame.html().length() <= 64 * 1024,
                    spec + " takes " + frame.html().length());
        }
    }

    @Test
    void replay_shows_no_wall_time_rate_or_bytes() {
        Rendered frame = Views.draw(new ViewSpec.Auto(), Models.clicks(true, 26));
        for (String word : List.of("rows/s", "capacity", "batch time", " KB", "as of")) {
            assertFalse(frame.text().contains(word), word);
            assertFalse(frame.html().contains(word), word);
        }
        assertTrue(frame.bundle().containsKey(Rendered.DIGEST));
    }

    @Test
    void hostile_values_never_become_markup() {
        var hostile = List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'onmouseover='x",
                "\uD800",
                "\uFFFE",
                "a\u0000b",
                "\u202Eevil",
                "\u001B[31m");
        for (String value : hostile) {
            ViewModel model = text(value);
            for (ViewSpec spec : List.of(
                    new ViewSpec.Auto(),
                    new ViewSpec.Bars("name", "n", Optional.of("name")),
                    new ViewSpec.Lines("n", List.of("n"), Optional.of("name")))) {
                Rendered frame = Views.draw(spec, model);
                Untrusted.check(frame.html());
                assertFalse(frame.text().contains("\u001B"), "escape sequences do not reach a terminal");
            }
        }
    }

    @Test
    void a_table_shows_the_newest_rows_and_says_how_many_there_are() {
        Rendered frame = Views.draw(new ViewSpec.Table(5), Models.clicks(false, 26));
        ViewModel model = Models.clicks(false, 26);
        assertTrue(frame.text().contains("5 of " + model.result().kept() + " rows"));
        Row last = model.result().rows().get(model.result().rows().size() - 1).row();
        assertTrue(frame.text().contains(String.valueOf(last.get("page"))));
    }

    @Test
    void changed_cells_carry_their_delta_and_new_rows_the_word() {
        var schema = Schema.of(new Field("k", DataType.STRING), new Field("n", DataType.BIGINT));
        var entries = List.of(
                new ResultSnapshot.Entry(
                        new Row(schema, List.of("a", 7L)), new Row(schema, List.of("a", 5L)), 3, false, false),
                new ResultSnapshot.Entry(new Row(schema, List.of("b", 1L)), null, 3, true, false));
        String text = new ResultGrid(schema, Roles.NONE, java.time.ZoneOffset.UTC)
                .of(entries, 3)
                .text();
        assertTrue(text.contains("+2 7"), text);
        assertTrue(text.contains("b new"), text);
    }

    private static ViewModel failed(String what) {
        ViewModel good = Models.clicks(false, 26);
        var failure = new UserCodeException(
                Problem.of("TR-501", "your function threw: " + what).fix("look"));
        return new ViewModel(
                good.info(),
                new QueryStatus(State.FAILED, "", 25, good.status().timeMs(), failure),
                good.reports(),
                good.result(),
                good.batches(),
                good.inputRows(),
                good.lateRows(),
                2,
                good.firstBatchTimeMs(),
                List.of(),
                "");
    }

    private static ViewModel text(String value) {
        ViewModel base = Models.clicks(false, 3);
        var schema = Schema.of(new Field("name", DataType.STRING), new Field("n", DataType.BIGINT));
        var rows = new ArrayList<ResultSnapshot.Entry>();
        rows.add(new ResultSnapshot.Entry(new Row(schema, List.of(value, 1L)), null, 2, true, false));
        return new ViewModel(
                Models.info(false, schema, Roles.NONE),
                base.status(),
                base.reports(),
                new ResultSnapshot(schema, 2, rows, 1, 1, 0, 1),
                3,
                1,
                0,
                0,
                base.firstBatchTimeMs(),
                List.of(value),
                value);
    }

    /** What JupyterLab's sanitizer and the classic notebook leave of our HTML is all of it. */
    private static final class Untrusted {
        private static final Pattern TAG = Pattern.compile("</?([a-zA-Z][a-zA-Z0-9]*)([^>]*)>");
        private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)=\"([^\"]*)\"");
        private static final List<String> TAGS = List.of(
                "div", "span", "b", "i", "small", "br", "img", "table", "thead", "tbody", "tr", "td", "th", "font",
                "pre");
        private static final List<String> ATTRIBUTES =
                List.of("style", "align", "bgcolor", "width", "color", "src", "alt", "title", "scope");

        static void check(String html) {
            Matcher tags = TAG.matcher(html);
            int opened = 0;
            while (tags.find()) {
                assertTrue(TAGS.contains(tags.group(1)), tags.group());
                opened++;
                String rest = tags.group(2);
                Matcher attributes = ATTRIBUTE.matcher(rest);
                while (attributes.find()) {
                    assertTrue(ATTRIBUTES.contains(attributes.group(1)), tags.group());
                    if (attributes.group(1).equals("src")) {
                        picture(attributes.group(2));
                    }
                }
                assertEquals("", attributes.replaceAll("").replace("/", "").trim(), tags.group());
            }
            assertTrue(opened > 0);
            assertFalse(html.contains("var(") || html.contains("currentColor") || html.contains("transform"));
        }

        private static void picture(String source) {
            String prefix = "data:image/svg+xml;base64,";
            assertTrue(source.startsWith(prefix));
            String svg = new String(
                    Base64.getDecoder().decode(source.substring(prefix.length())),
                    java.nio.charset.StandardCharsets.UTF_8);
            try {
                var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
                factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
                factory.newDocumentBuilder()
                        .parse(new java.io.ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            } catch (Exception e) {
                throw new AssertionError(svg, e);
            }
        }
    }
}
