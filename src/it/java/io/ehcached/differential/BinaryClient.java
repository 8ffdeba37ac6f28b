package io.ehcached.differential;

import io.ehcached.conformance.BinaryAnswers;
import io.ehcached.conformance.BinaryRequest;
import io.ehcached.conformance.ServerUnderTest;
import io.ehcached.support.BinaryPacket;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the binary protocol. A step is a packet as {@link BinaryRequest} describes it; its
 * place in the script is its opaque.
 */
final class BinaryClient extends Client {
  private static final int NOOP = 0x0a;
  private static final int GETQ = 0x09;
  private static final int END = 0xffff;
  private static final Pattern CAS = Pattern.compile("cas=back(\\d)");

  private Names names;
  private boolean ignoring;
  private BinaryAnswers answers = new BinaryAnswers();

  BinaryClient(ServerUnderTest server) {
    super(server);
  }

  @Override
  void begin(Script script, String prefix) {
    names = new Names(prefix, script.touches());
    answers = new BinaryAnswers();
    ignoring = script.touches();
  }

  @Override
  byte[] greeting() {
    return BinaryPacket.of(GETQ).key("~").bytes();
  }

  @Override
  byte[] request(int index, Script.Step step) {
    Map<String, Long> cas = ignoring ? Map.of() : answers.cas();
    String text =
        CAS.matcher(step.text(isOfToday()))
            .replaceAll(
                match -> {
                  int name = cas.size() - Integer.parseInt(match.group(1));
                  return Matcher.quoteReplacement("cas=" + (name > 0 ? "c" + name : Names.OLD_CAS));
                });
    return BinaryRequest.parse(names.fill(text)).bytes(index, cas);
  }

  @Override
  byte[] end() {
    return BinaryPacket.of(NOOP).opaque(END).bytes();
  }

  @Override
  boolean read(DataInputStream from, int last, List<Answer> all) throws IOException {
    Map<Integer, List<String>> lines = new TreeMap<>();
    List<String> heard = answers.until(END, from);
    for (String line : heard) {
      boolean closed = line.equals(BinaryAnswers.CLOSED);
      int step = closed ? last : Integer.parseInt(line.substring(0, line.indexOf(' ')));
      lines.computeIfAbsent(step, first -> new ArrayList<>()).add(compared(line));
    }
    lines.forEach((step, said) -> all.add(new Answer(step, said)));
    return !heard.contains(BinaryAnswers.CLOSED);
  }

  private String compared(String line) {
    String alike = line.replaceFirst("(version ok value=).*", "$1");
    return ignoring ? alike.replaceFirst(" cas=c\\d+$", " cas=c") : alike;
  }
}
