package io.ehcached.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of the repository, in as much of Markdown as the documents use. */
public final class Document {
  private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)( old)?\\s*");
  private static final Pattern HEADING = Pattern.compile("#+ +(.*)");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]\\[]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern INDENTED = Pattern.compile(" {4}.*");

  private final Path file;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final StringBuilder prose = new StringBuilder();

  /**
   * Code that stands by itself.
   *
   * @param language behind the fence; nothing for code that is only indented
   * @param old whether it is marked as what people have, and not ours
   * @param place file and line
   */
  public record Block(String language, boolean old, String place, List<String> lines) {
    /** Returns the lines with line ends between. */
    public String text() {
      return String.join("\n", lines);
    }
  }

  /**
   * A table.
   *
   * @param header the first line's cells
   */
  public record Table(List<String> header, List<List<String>> rows) {
    /** Returns the code in the first cell of every row. */
    public Set<String> names() {
      Set<String> names = new HashSet<>();
      rows.forEach(row -> names.addAll(spans(row.get(0))));
      return names;
    }
  }

  private Document(Path file) {
    this.file = file;
    try {
      parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one. */
  public static Document of(String file) {
    return new Document(Path.of(file));
  }

  /** Reads all that there are. */
  public static List<Document> all() {
    try (Stream<Path> docs = Files.walk(Path.of("docs"));
        Stream<Path> top = Files.list(Path.of(""))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .map(Document::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void parse(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher fence = FENCE.matcher(line);
      if (fence.matches()) {
        i = fenced(lines, i, fence);
      } else if (INDENTED.matcher(line).matches() && isBlank(lines, i - 1)) {
        i = indented(lines, i);
      } else if (line.startsWith("|")
          && i + 1 < lines.size()
          && lines.get(i + 1).matches("[|: -]+")) {
        i = table(lines, i);
      } else {
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          headings.add(heading.group(1));
        }
        prose.append(line).append('\n');
      }
    }
  }

  private static boolean isBlank(List<String> lines, int i) {
    return i < 0 || lines.get(i).isBlank();
  }

  private int fenced(List<String> lines, int start, Matcher fence) {
    String indent = fence.group(1);
    List<String> block = new ArrayList<>();
    int i = start + 1;
    while (!lines.get(i).strip().equals("```")) {
      String line = lines.get(i++);
      block.add(line.startsWith(indent) ? line.substring(indent.length()) : line);
    }
    blocks.add(new Block(fence.group(2), fence.group(3) != null, place(start), block));
    return i;
  }

  private int indented(List<String> lines, int start) {
    List<String> block = new ArrayList<>();
    int i = start;
    while (i < lines.size() && INDENTED.matcher(lines.get(i)).matches()) {
      block.add(lines.get(i++).substring(4));
    }
    blocks.add(new Block("", false, place(start), block));
    return i - 1;
  }

  private int table(List<String> lines, int start) {
    List<List<String>> rows = new ArrayList<>();
    int i = start + 2;
    prose.append(lines.get(start)).append('\n');
    while (i < lines.size() && lines.get(i).startsWith("|")) {
      prose.append(lines.get(i)).append('\n');
      rows.add(cells(lines.get(i++)));
    }
    tables.add(new Table(cells(lines.get(start)), rows));
    return i - 1;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceAll("^\\||\\|$", "");
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  private String place(int line) {
    return file + ":" + (line + 1);
  }

  /** Returns the code within a text. */
  public static List<String> spans(String text) {
    return SPAN.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Returns its path, from the repository's directory on. */
  public Path file() {
    return file;
  }

  /** Returns the code that stands by itself. */
  public List<Block> blocks() {
    return blocks;
  }

  /** Returns its tables. */
  public List<Table> tables() {
    return tables;
  }

  /** Returns the tables whose first header cell is this. */
  public List<Table> tables(String firstHeader) {
    return tables.stream().filter(table -> table.header().get(0).equals(firstHeader)).toList();
  }

  /** Returns all but the code that stands by itself. */
  public String prose() {
    return prose.toString();
  }

  /** Returns where its links lead, as they are written. */
  public List<String> links() {
    return LINK.matcher(prose.toString().replaceAll("`[^`]*`", "code"))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** Returns the names by which GitHub lets one link to its headings. */
  public Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    for (String heading : headings) {
      String anchor =
          heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
      int more = 0;
      String name = anchor;
      while (!anchors.add(name)) {
        name = anchor + "-" + ++more;
      }
    }
    return anchors;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
