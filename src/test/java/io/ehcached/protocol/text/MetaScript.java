package io.ehcached.protocol.text;

/** Lines of the meta protocol, well formed and not, and the requests that are made of them. */
final class MetaScript {
  private static final String KEY_250 = "k".repeat(250);
  private static final String KEY_251 = "k".repeat(251);
  private static final String BAD = "INVALID BAD_ARGUMENT ";

  private MetaScript() {}

  static void addTo(Script script) {
    get(script);
    set(script);
    others(script);
    bad(script);
    badSet(script);
  }

  private static void get(Script s) {
    s.with("mg a\r\n", "GET a MAY_WIN");
    s.with("mg a v\n", "GET a MAY_WIN WANT_VALUE");
    s.with("mg  a  v  \r\n", "GET a MAY_WIN WANT_VALUE");
    s.with("  mg  a  v  \r\n", "INVALID UNKNOWN_COMMAND");
    s.with("mg " + KEY_250 + " k\r\n", "GET " + KEY_250 + " fields=k MAY_WIN");
    s.with(
        "mg a s t f c k O12 h l q u v\r\n",
        "GET a fields=stfckOhl opaque=O12 MAY_WIN LEAVE_USE WANT_TTL WANT_USE WANT_VALUE quiet");
    s.with("mg Zm9v b\r\n", "GET foo MAY_WIN BASE64_KEY");
    s.with("mg AAogDQ== b k\r\n", "GET \u0000\n \r fields=k MAY_WIN BASE64_KEY");
    s.with("mg a T30\r\n", "GET_AND_TOUCH a exptime=30 TOUCH MAY_WIN");
    s.with("mg a T0 t\r\n", "GET_AND_TOUCH a fields=t TOUCH MAY_WIN WANT_TTL");
    s.with(
        "mg a t T-1\r\n",
        "GET_AND_TOUCH a exptime=-1 fields=t TOUCH MAY_WIN WANT_TTL TTL_BEFORE_TOUCH");
    s.with("mg a N60 R30\r\n", "GET a recache=30 VIVIFY=60 MAY_WIN");
    s.with("mg a N60 T30\r\n", "GET_AND_TOUCH a exptime=30 TOUCH VIVIFY=30 MAY_WIN");
    s.with("mg a T30 N60\r\n", "GET_AND_TOUCH a exptime=30 TOUCH VIVIFY=60 MAY_WIN");
    s.with(
        "mg a R5 T30\r\n",
        "GET_AND_TOUCH a exptime=30 recache=5 TOUCH MAY_WIN RECACHE_BEFORE_TOUCH");
    s.with(
        "mg a E7 C18446744073709551615\r\n", "GET a cas=18446744073709551615 CHOOSE_CAS=7 MAY_WIN");
    s.with("mg a D5 J6 F7 M P L\r\n", "GET a MAY_WIN");
    s.with("mg a value quiet O\r\n", "GET a fields=O opaque=O MAY_WIN WANT_VALUE quiet");
    s.with("mg a\tb\r\n", "GET a\tb MAY_WIN");
    s.with("mn\r\n", "NOOP");
    s.with("mn and so on\n", "NOOP");
  }

  private static void set(Script s) {
    s.with("ms a 2\r\nhi\r\n", "SET a value=hi");
    s.with("ms a 2\nhi\r\n", "SET a value=hi");
    s.with("ms a 0\r\n\r\n", "SET a value=");
    s.with(
        "ms a 4 F4294967295 T60 q\r\n\r\n\r\n\r\n",
        "SET a value=\r\n\r\n flags=4294967295 exptime=60 TOUCH quiet");
    s.with("ms a 2 c k\r\nhi\r\n", "SET a value=hi wantsCas fields=ck");
    s.with("ms a 2 s\r\nhi\r\n", "SET a value=hi wantsCas fields=s");
    s.with("ms Zm9v 2 b\r\nhi\r\n", "SET foo value=hi BASE64_KEY");
    s.with("ms a 2 C5 I E9\r\nhi\r\n", "SET a value=hi cas=5 CHOOSE_CAS=9 INVALIDATE");
    s.with("ms a 2 ME C5\r\nhi\r\n", "ADD a value=hi");
    s.with("ms a 2 MR\r\nhi\r\n", "REPLACE a value=hi");
    s.with("ms a 2 E0\r\nhi\r\n", "SET a value=hi");
    s.with("ms a 2 MR C0\r\nhi\r\n", "SET a value=hi cas=0");
    s.with("ms a 2 MS\r\nhi\r\n", "SET a value=hi");
    s.with("ms a 2 MA C0\r\nhi\r\n", "APPEND a value=hi");
    s.with("ms a 2 MP C5\r\nhi\r\n", "PREPEND a value=hi cas=5");
    s.with("ms a 2 MA N30 T60\r\nhi\r\n", "APPEND a value=hi exptime=60 TOUCH VIVIFY=30");
    String large = "v".repeat(3000);
    s.with("ms a 3000 O1\r\n" + large + "\r\n", "SET a value=" + large + " fields=O opaque=O1");
  }

  private static void others(Script s) {
    s.with("md a\r\n", "DELETE a");
    s.with("md a q k O1 C5\r\n", "DELETE a cas=5 fields=kO opaque=O1 quiet");
    s.with("md a C0\r\n", "DELETE a cas=0");
    s.with("md a I E0\r\n", "DELETE a CHOOSE_CAS=0 INVALIDATE");
    s.with("md a I T30 x E5\r\n", "DELETE a exptime=30 TOUCH CHOOSE_CAS=5 INVALIDATE REMOVE_VALUE");
    s.with("ma a\r\n", "INCREMENT a delta=1");
    s.with("ma a D0\r\n", "INCREMENT a");
    s.with("ma a M+ v\r\n", "INCREMENT a delta=1 WANT_VALUE");
    s.with("ma a MI t c\r\n", "INCREMENT a delta=1 fields=tc WANT_TTL");
    s.with("ma a MD D18446744073709551615\r\n", "DECREMENT a delta=18446744073709551615");
    s.with("ma a M- N0 J13 T5 C0\r\n", "DECREMENT a exptime=5 delta=1 initial=13 TOUCH VIVIFY=5");
    s.with("ma a N9 C7 q\r\n", "INCREMENT a cas=7 delta=1 VIVIFY=9 quiet");
    s.with("me a\r\n", "DEBUG a");
    s.with("me a x y\r\n", "DEBUG a");
    s.with("me Zm9v b\r\n", "DEBUG foo BASE64_KEY");
  }

  private static void bad(Script s) {
    String format = BAD + "\"bad command line format\"";
    for (String command : new String[] {"mg", "md", "ma", "me", "ms", "ms a"}) {
      s.with(command + "\r\n", format);
    }
    for (String command : new String[] {"mg ", "md ", "me "}) {
      s.with(command + KEY_251 + " v v\r\n", format);
    }
    s.with("me Zm9 b\r\n", format);
    s.with("mz a\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("mgg a\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("Mg a\r\n", "INVALID UNKNOWN_COMMAND");
    s.with("mg a v q v\r\n", BAD + "\"duplicate flag\"");
    s.with("mg a \u00ff\r\n", format);
    s.with("mg a \u007f\r\n", format);
    s.with("mg a Z q\r\n", BAD + "\"invalid flag\"");
    s.with("mg a \u0000\r\n", format);
    s.with("mg a v v !\r\n", format);
    s.with("ma a -\r\n", format);
    s.with("ms a 2 -\r\nmn\r\n", format, "NOOP");
    s.with("ma " + KEY_251 + " v\r\n", BAD + "\"invalid or duplicate flag\"");
    s.with("mg a 1\r\n", BAD + "\"invalid flag\"");
    s.with("md a T30x\r\n", BAD + "\"bad token in command line format\"");
    s.with("mg a T+30\r\n", BAD + "\"bad token in command line format\"");
    s.with("mg a T2147483648\r\n", BAD + "\"bad token in command line format\"");
    s.with("mg a C18446744073709551616\r\n", BAD + "\"bad token in command line format\"");
    s.with("mg a E\r\n", BAD + "\"bad token in command line format\"");
    s.with("mg a F4294967296\r\n", format);
    s.with("mg a F\r\n", format);
    s.with("mg a Tx Fx\r\n", BAD + "\"bad token in command line format\"");
    s.with("mg a Tx Jx\r\n", BAD + "\"invalid numeric initial value\"");
    s.with("mg a Dx\r\n", BAD + "\"invalid numeric delta value\"");
    s.with("ma a Dx\r\n", BAD + "\"invalid or duplicate flag\"");
    s.with("ma a Mx\r\n", BAD + "\"invalid mode for ma M token\"");
    s.with("ma a M\r\n", BAD + "\"invalid mode for ma M token\"");
    s.with("mg Zm9 b\r\n", BAD + "\"error decoding key\"");
    s.with("mg Z!9v b\r\n", BAD + "\"error decoding key\"");
    s.with("mg a O" + "o".repeat(32) + "\r\n", BAD + "\"opaque token too long\"");
    String eighteen = "k v t f s c h l q u O1 C1 F1 I M1 T1 D1 J1";
    s.with("md a " + eighteen + " N1\r\n", BAD + "\"options flags are too long\"");
    s.with(
        "md a " + eighteen + "\r\n",
        "DELETE a exptime=1 cas=1 fields=ktfschlO opaque=O1 TOUCH INVALIDATE WANT_TTL"
            + " TTL_BEFORE_TOUCH WANT_VALUE quiet");
  }

  private static void badSet(Script s) {
    s.with("ms a x\r\n", BAD + "\"bad command line format\"");
    s.with("ms a -1 q\r\n", BAD + "\"bad command line format\"");
    s.with("ms a 2147483646\r\n", BAD + "\"bad command line format\"");
    s.with("ms " + KEY_251 + " 4\r\nmn\r\n\r\n", BAD + "\"bad command line format\"");
    s.with("ms a 4 Z\r\nmn\r\n\r\n", BAD + "\"invalid flag\"");
    s.with("ms a 4 k q k\r\nmn\r\n\r\n", BAD + "\"duplicate flag\"");
    s.with("ms a 4 Mx\r\nmn\r\n\r\n", BAD + "\"invalid mode for ms M token\"");
    s.with("ms a 4 M\r\nmn\r\n\r\n", BAD + "\"invalid mode for ms M token\"");
    s.with("ms a 2 q\r\nhix\r", "INVALID BAD_CHUNK");
    s.with("ms a 2\r\nhi\n\nmn\n", "INVALID BAD_CHUNK", "NOOP");
  }
}
