package org.tailrace.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlExporterTest {

    @TempDir
    Path folder;

    @Test
    void page_has_the_heading_the_code_and_the_outputs() throws Exception {
        String page = export(
                markdown("# Quakes & *waves*\\n\\nHello"),
                code("int n = 1;", "{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":[\"a < b\\n\"]}"));
        assertTrue(page.contains("<title>Quakes &amp; waves</title>"), page);
        assertTrue(page.contains("<h1>Quakes &amp; <em>waves</em></h1>"), page);
        assertTrue(page.contains("<span class=\"keyword\">int</span> n = <span class=\"number\">1</span>;"), page);
        assertTrue(page.contains("<pre class=\"stream\">a &lt; b\n</pre>"), page);
    }

    @Test
    void html_of_a_view_goes_in_as_it_is_and_its_text_twin_does_not() throws Exception {
        String page = export(code(
                "q",
                "{\"output_type\":\"display_data\",\"metadata\":{},\"data\":{\"text/html\":\"<table><tr><td>1</td></tr></table>\","
                        + "\"text/plain\":\"the twin\"}}"));
        assertTrue(page.contains("<div class=\"output\"><table><tr><td>1</td></tr></table></div>"), page);
        assertFalse(page.contains("twin"), page);
    }

    @Test
    void images_travel_inside_the_page() throws Exception {
        Files.write(folder.resolve("flow.png"), new byte[] {1, 2, 3});
        String page = export(
                markdown("![flow](flow.png) ![far](https://example.org/x.png) ![pasted](attachment:p.png)"),
                code(
                        "chart",
                        "{\"output_type\":\"execute_result\",\"data\":{\"image/svg+xml\":\"<svg/>\",\"text/plain\":\"c\"}}"),
                code("photo", "{\"output_type\":\"display_data\",\"data\":{\"image/png\":\"AQID\\n\"}}"));
        assertTrue(page.contains("<img src=\"data:image/png;base64,AQID\" alt=\"flow\""), page);
        assertTrue(page.contains("<img src=\"data:image/png;base64,cGFzdGVk\" alt=\"pasted\""), page);
        assertTrue(page.contains("<a rel=\"nofollow\" href=\"https://example.org/x.png\">far</a>"), page);
        assertTrue(page.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""), page);
        assertTrue(page.contains("src=\"data:image/png;base64,AQID\">"), page);
        assertFalse(page.matches("(?s).*<(img|link|script)[^>]+(src|href)=\"(?!data:).*"), page);
    }

    @Test
    void markdown_of_a_stranger_is_text_and_not_markup() throws Exception {
        String page = export(markdown("so <script>alert(1)</script> [x](javascript:alert(1))"));
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("javascript:"), page);
    }

    @Test
    void errors_keep_their_colours_as_spans() throws Exception {
        String page = export(
                code(
                        "boom();",
                        "{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":\"v\",\"traceback\":[\"\\u001b[31mE\\u001b[0m: <v>\"]}"));
        assertTrue(page.contains("<pre class=\"error\"><span class=\"f1\">E</span>: &lt;v&gt;</pre>"), page);
    }

    @Test
    void tables_of_markdown_are_tables() throws Exception {
        assertTrue(export(markdown("| a | b |\\n|---|---|\\n| 1 | 2 |")).contains("<td>1</td>"));
    }

    @Test
    void progress_bar_shows_its_last_state() throws Exception {
        String page = export(
                code("bar", "{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"10 %\\r20 %\\r\\ndone\"}"));
        assertTrue(page.contains("<pre class=\"stream\">20 %\ndone</pre>"), page);
    }

    @Test
    void ansi_state_lasts_until_it_is_reset() {
        assertEquals(
                "a<span class=\"f12 bold\">b</span><span class=\"bold\">c</span>d",
                Ansi.toHtml("a\u001b[1;94mb\u001b[39mc\u001b[md"));
        assertEquals("<span style=\"color:#ff0000\">x</span>", Ansi.toHtml("\u001b[38;5;196mx"));
        assertEquals("<span style=\"background-color:#010203\">x</span>", Ansi.toHtml("\u001b[48;2;1;2;3mx"));
        assertEquals("plain", Ansi.strip("\u001b[2Kpl\u001b[1main\u001b[0m"));
    }

    @Test
    void code_is_coloured_by_its_language() {
        assertEquals(
                "<span class=\"magic\">%%sql</span>\n<span class=\"keyword\">SELECT</span> a <span class=\"comment\">-- &lt;b&gt;</span>",
                CodeColours.html("%%sql\nSELECT a -- <b>"));
        assertEquals(
                "<span class=\"magic\">%step q1\n</span><span class=\"type\">String</span> s = <span class=\"string\">&quot;a // b&quot;</span>;",
                CodeColours.html("%step q1\nString s = \"a // b\";"));
        assertEquals(
                "<span class=\"comment\">/* int */</span> <span class=\"mark\">@Override</span>",
                CodeColours.html("/* int */ @Override\n"));
        assertEquals(
                "<span class=\"string\">&quot;&quot;&quot;\n a &quot;b&quot; // c\n &quot;&quot;&quot;</span>",
                CodeColours.html("\"\"\"\n a \"b\" // c\n \"\"\""));
    }

    private String export(String... cells) throws NotebookException {
        Notebook notebook = Notebook.parse(
                "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[" + String.join(",", cells) + "]}");
        return new HtmlExporter(folder).export(notebook, "file name");
    }

    private static String markdown(String source) {
        return "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"" + source
                + "\",\"attachments\":{\"p.png\":{\"image/png\":\"cGFzdGVk\"}}}";
    }

    private static String code(String source, String output) {
        return "{\"cell_type\":\"code\",\"execution_count\":1,\"metadata\":{},\"outputs\":[" + output
                + "],\"source\":\"" + source + "\"}";
    }
}
