package org.tailrace.kernel.maven;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A POM as it is pasted into a cell: whole, or parts of one, down to a single {@code <dependency>}. */
public final class PomText {

    private static final Map<String, String> PLURAL =
            Map.of("dependency", "dependencies", "repository", "repositories");

    private PomText() {}

    /**
     * The whole POM.
     *
     * @throws IOException if the text is no XML, or holds nothing
     */
    public static String whole(String text) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var parts = builder.parse(new InputSource(new StringReader("<parts>" + withoutProlog(text) + "</parts>")));
            for (Node each : children(parts.getDocumentElement())) {
                if (each instanceof Element element && element.getTagName().equals("project")) {
                    return write(element);
                }
            }
            return write(project(parts));
        } catch (SAXException e) {
            throw new LibraryException("this is no POM: " + e.getMessage());
        } catch (ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withoutProlog(String text) {
        return text.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "");
    }

    private static Element project(Document parts) throws IOException {
        var project = parts.createElement("project");
        add(project, "modelVersion", "4.0.0");
        add(project, "groupId", "org.tailrace.notebook");
        add(project, "artifactId", "pom");
        add(project, "version", "1");
        boolean any = false;
        for (Node each : children(parts.getDocumentElement())) {
            if (each instanceof Element part) {
                var plural = PLURAL.get(part.getTagName());
                Element into = plural == null ? project : child(project, plural);
                if (PLURAL.containsValue(part.getTagName())) {
                    Element all = child(project, part.getTagName());
                    for (Node inner : children(part)) {
                        all.appendChild(inner);
                    }
                } else {
                    into.appendChild(part);
                }
                any = true;
            }
        }
        if (!any) {
            throw new LibraryException("there is no dependency: write <dependency>…</dependency>, or a whole POM");
        }
        return project;
    }

    private static Node[] children(Element element) {
        var list = element.getChildNodes();
        var children = new Node[list.getLength()];
        for (int i = 0; i < children.length; i++) {
            children[i] = list.item(i);
        }
        return children;
    }

    private static Element child(Element parent, String name) {
        for (Node each : children(parent)) {
            if (each instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return (Element) parent.appendChild(parent.getOwnerDocument().createElement(name));
    }

    private static void add(Element parent, String name, String text) {
        child(parent, name).setTextContent(text);
    }

    private static String write(Element element) throws TransformerException {
        var factory = TransformerFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        var text = new StringWriter();
        factory.newTransformer().transform(new DOMSource(element), new StreamResult(text));
        return text.toString();
    }
}
