package io.ehcached.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.JsonText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void everyKindOfValue_isReadAsItWasWritten() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a \"b\" \\ \n \u0001 \u00e9 \ud83d\ude00");
    value.put("number", -12.5);
    value.put("none", null);
    value.put("list", Arrays.asList(true, false, null, List.of(), Map.of()));

    assertThat(JsonText.read(Json.of(value))).isEqualTo(value);
  }

  @Property
  void anyString_isReadAsItWasWritten(@ForAll String text) {
    assertThat(JsonText.read(Json.of(List.of(text)))).isEqualTo(List.of(text));
  }
}
