package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.PLAIN_REGION;
import static io.ehcached.config.EhcacheXml.network;
import static io.ehcached.config.EhcacheXml.printed;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlFileTest {
  @TempDir Path directory;

  private NodeConfiguration readFile(String content) {
    return NodeConfiguration.read(write(directory, content), null, 0, network());
  }

  @Test
  void fileThatIsNotThere_isSaid() {
    Path file = directory.resolve("none.xml");

    assertThat(NodeConfiguration.read(file, null, 0).findings())
        .singleElement()
        .asString()
        .isEqualTo(file + ": error: there is no such file; name another with --config FILE");
  }

  @Test
  void directory_isSaid() {
    assertThat(NodeConfiguration.read(directory, null, 0).findings())
        .singleElement()
        .asString()
        .contains("is a directory");
  }

  @Test
  void emptyFile_isSaid() {
    assertThat(printed(readFile(" \n"))).singleElement().asString().contains("the file is empty");
  }

  @Test
  void malformedFile_isSaidAtItsLine() {
    assertThat(printed(readFile("<ehcache>\n<cache>\n</ehcache>")))
        .singleElement()
        .asString()
        .startsWith("ehcache.xml:3: error: not well-formed XML: ");
  }

  @Test
  void fileOfElementsInEachOther_isSaidWhereItIsTooMuch() {
    String deep = "<ehcache>\n" + "<a>".repeat(100_000) + "</a>".repeat(100_000) + "</ehcache>";

    assertThat(printed(readFile(deep)))
        .containsExactly(
            "ehcache.xml: error: cannot be parsed: elements stand in each other more than 100 deep"
                + " in line 2");
  }

  @Test
  void fileOfEhcache3_isSaid() {
    assertThat(printed(readFile("<config xmlns='http://www.ehcache.org/v3'/>")))
        .singleElement()
        .asString()
        .startsWith("ehcache.xml:1: error: <config>: is how a file of Ehcache 3 begins");
  }

  @Test
  void namespacesAndSchemas_areNoMatter() {
    NodeConfiguration node =
        readFile(
            "\uFEFF<?xml version='1.0' encoding='ISO-8859-1'?>"
                + "<ehcache xmlns='http://www.ehcache.org/ehcache.xsd'"
                + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                + " xsi:noNamespaceSchemaLocation='http://ehcache.org/ehcache.xsd' updateCheck='true'>"
                + "<!-- \u00e4 -->"
                + PLAIN_REGION
                + "</ehcache>");

    assertThat(node.findings()).isEmpty();
    assertThat(node.isUsable()).isTrue();
  }

  @Test
  void systemProperties_standInForTheirNames() {
    System.setProperty("io.ehcached.test.bound", "7m");
    try {
      NodeConfiguration node =
          read(directory, "<cache name='r' maxBytesLocalHeap='${io.ehcached.test.bound}'/>");

      assertThat(node.bound()).isEqualTo(new RegionBound(7 << 20, 0));
      assertThat(node.region().getMaxBytesLocalHeap()).isEqualTo(7 << 20);
    } finally {
      System.clearProperty("io.ehcached.test.bound");
    }
  }

  @Test
  void nothingThatTheFileRefersTo_isFetched() throws IOException {
    Path secret =
        Files.writeString(
            directory.resolve("secret"), "<cache name='secret' maxEntriesLocalHeap='9'/>");
    try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/";
      NodeConfiguration node =
          readFile(
              "<!DOCTYPE ehcache SYSTEM '"
                  + url
                  + "x.dtd' [<!ENTITY % p SYSTEM '"
                  + url
                  + "p'> %p;"
                  + " <!ENTITY s SYSTEM '"
                  + secret.toUri()
                  + "'>]>"
                  + "<ehcache>&s;"
                  + PLAIN_REGION
                  + "</ehcache>");

      assertThat(node.isUsable()).isTrue();
      assertThat(node.regionName()).isEqualTo("r");
      assertThat(printed(node))
          .singleElement()
          .asString()
          .contains("warning: <ehcache>: the external entity &s; is not fetched");
      elsewhere.setSoTimeout(1);
      assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void entitiesThatGrowWithoutEnd_areRefused() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE ehcache [<!ENTITY a0 'xxxxxxxxxx'>");
    for (int i = 1; i < 10; i++) {
      bomb.append("<!ENTITY a")
          .append(i)
          .append(" '")
          .append(("&a" + (i - 1) + ";").repeat(10))
          .append("'>");
    }

    assertThat(printed(readFile(bomb + "]><ehcache>&a9;</ehcache>")))
        .singleElement()
        .asString()
        .contains("error: ");
  }
}
