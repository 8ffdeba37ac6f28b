package io.ehcached.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Reads an {@code ehcache.xml} into elements that know their lines. As Ehcache does, it takes the
 * file for UTF-8 and puts system properties in the place of <code>${name}</code>. It fetches
 * nothing that the file refers to, and loads no class of Ehcache's: the launcher uses it, too.
 */
final class XmlFile extends DefaultHandler2 {
  /** Far more than any has, and far less than what walks through them could not stand. */
  private static final int MAX_DEPTH = 100;

  private static final Pattern TOKEN = Pattern.compile("\\$\\{(.+?)\\}");

  private final String text;
  private final List<Integer> lineStarts = new ArrayList<>();
  private final Deque<XmlElement> open = new ArrayDeque<>();
  private final Findings findings;
  private XmlElement root;
  private Locator locator;

  private XmlFile(String text, Findings findings) {
    this.text = text;
    this.findings = findings;
    lineStarts.add(0);
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      lineStarts.add(i + 1);
    }
  }

  /** Returns the file's root element, or null when it has none: then the findings say why. */
  static XmlElement read(Path file, Findings findings) {
    String text;
    if (!Files.isRegularFile(file)) { // a pipe may never end
      findings.error(unreadable(file));
      return null;
    }
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      findings.error(unreadable(file));
      return null;
    }
    if (text.isBlank()) {
      findings.error(
          "the file is empty; a minimal one is <ehcache>" + RegionChoice.EXAMPLE + "</ehcache>");
      return null;
    }
    XmlFile handler = new XmlFile(withSystemProperties(withoutByteOrderMark(text)), findings);
    try {
      handler.parse();
    } catch (SAXParseException e) {
      findings.error(
          e.getLineNumber(),
          "not well-formed XML: "
              + e.getMessage()
              + " (until this is mended, nothing else in the file is looked at)");
      return null;
    } catch (SAXException | IOException | ParserConfigurationException e) {
      findings.error("cannot be parsed: " + e.getMessage());
      return null;
    }
    return handler.root;
  }

  private static String unreadable(Path file) {
    if (!Files.exists(file)) {
      return "there is no such file; name another with --config FILE";
    }
    if (Files.isDirectory(file)) {
      return "is a directory; name the file in it with --config FILE";
    }
    return Files.isRegularFile(file)
        ? "cannot be read; check its permissions"
        : "is a pipe or a device, and is read more than once; name a regular file with --config"
            + " FILE";
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String withSystemProperties(String text) {
    Matcher tokens = TOKEN.matcher(text);
    return tokens.replaceAll(
        token -> {
          String value = System.getProperty(token.group(1));
          return Matcher.quoteReplacement(value == null ? token.group() : value);
        });
  }

  private void parse() throws SAXException, IOException, ParserConfigurationException {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    InputSource source = new InputSource(new StringReader(text));
    factory.newSAXParser().parse(source, this);
  }

  @Override
  public InputSource resolveEntity(String name, String publicId, String base, String systemId) {
    return new InputSource(new StringReader(""));
  }

  @Override
  public void skippedEntity(String name) {
    if (!open.isEmpty() && !name.startsWith("[")) {
      findings.warning(
          open.peek(),
          null,
          "the external entity &" + name + "; is not fetched; write what it stands for");
    }
  }

  @Override
  public void setDocumentLocator(Locator locator) {
    this.locator = locator;
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes)
      throws SAXException {
    if (open.size() == MAX_DEPTH) {
      throw new SAXException(
          "elements stand in each other more than "
              + MAX_DEPTH
              + " deep in line "
              + locator.getLineNumber());
    }
    XmlElement element = locate(name);
    for (int i = 0; i < attributes.getLength(); i++) {
      String value = attributes.getValue(i);
      element.attributes().put(attributes.getQName(i), value);
      Matcher token = TOKEN.matcher(value);
      if (token.find()) {
        findings.warning(
            element,
            token.group(),
            token.group()
                + " stays as it is, since no such system property is set; start with JAVA_OPTS=-D"
                + token.group(1)
                + "=...");
      }
    }
    if (open.isEmpty()) {
      root = element;
    } else {
      open.peek().children().add(element);
    }
    open.push(element);
  }

  /** The locator stands behind the start tag; the tag begins at the last {@code <} before. */
  private XmlElement locate(String name) {
    int line = Math.min(Math.max(locator.getLineNumber(), 1), lineStarts.size());
    int end =
        Math.min(
            lineStarts.get(line - 1) + Math.max(locator.getColumnNumber() - 1, 0), text.length());
    int start = text.lastIndexOf("<" + name, end);
    if (start < 0) {
      return new XmlElement(name, line, "");
    }
    String source = text.substring(start, end);
    int breaks = (int) source.chars().filter(c -> c == '\n').count();
    return new XmlElement(name, line - breaks, source);
  }

  @Override
  public void endElement(String uri, String localName, String name) {
    open.pop();
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXException {
    throw e;
  }
}
