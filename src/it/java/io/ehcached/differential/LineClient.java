package io.ehcached.differential;

import io.ehcached.conformance.ServerUnderTest;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of the text and the meta protocol. Behind each step it asks for a key that nobody has,
 * whose answer says where that to the step ends.
 */
final class LineClient extends Client {
  private static final String MARK = "EN k~ O";
  private static final String END = MARK + "end";

  /** Ends any data block that a step has not ended. */
  private static final String FILLER = " ".repeat(300) + "\r\n";

  private Names names;

  LineClient(ServerUnderTest server) {
    super(server);
  }

  @Override
  void begin(Script script, String prefix) {
    names = new Names(prefix, script.touches());
  }

  @Override
  byte[] greeting() {
    return new byte[0];
  }

  @Override
  byte[] request(int index, Script.Step step) {
    return Script.bytes(names.fill(step.text(isOfToday())) + "mg ~ k O" + index + "\r\n");
  }

  @Override
  byte[] end() {
    return Script.bytes(FILLER + "mg ~ k Oend\r\n");
  }

  @Override
  boolean read(DataInputStream from, int last, List<Answer> answers) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : new LineAnswers(names, from).until(END)) {
      if (line.startsWith(MARK)) {
        answers.add(new Answer(Integer.parseInt(line.substring(MARK.length())), lines));
        lines = new ArrayList<>();
      } else {
        lines.add(line);
      }
    }
    answers.add(new Answer(last, lines));
    return !lines.contains(LineAnswers.CLOSED);
  }
}
