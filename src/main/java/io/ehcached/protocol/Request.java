package io.ehcached.protocol;

import io.ehcached.item.Key;
import java.util.List;

/**
 * A request of a client, independent of the protocol. A codec fills it while it reads; afterwards
 * it is not changed. Fields that the client did not set have the default that the accessor
 * documents.
 *
 * <p>The class is long since it has what any command of any protocol carries, a method to set and
 * one to read each: one object of 64 bytes, without a cast or a look-up on the way of a request.
 */
public final class Request {
  private final Command command;
  private Wire wire = Wire.TEXT;
  private int form;
  private int options;
  private long fields;
  private Key key;
  private byte[] value;
  private int flags;
  private long exptime;
  private boolean comparesCas;
  private boolean quiet;
  private boolean wantsCas;
  private Rare rare = Rare.NONE;

  /** What few requests have, so that the others need not make room for it. */
  private static final class Rare {
    static final Rare NONE = new Rare();

    Status error;
    List<String> arguments = List.of();
    long compareCas;
    long delta;
    long chosenCas;
    long vivifyExptime;
    long recache;
    long initial;
    byte[] opaque;
    byte[] user;
    String errorText;
  }

  private Request(Command command) {
    this.command = command;
  }

  /** Starts a request. */
  public static Request of(Command command) {
    return new Request(command);
  }

  /** Returns a request to end the connection, because its bytes cannot be understood. */
  public static Request hangUp() {
    return new Request(Command.QUIT).error(Status.BAD_FORMAT);
  }

  /** Returns a request that could not be read, with the reason. */
  public static Request invalid(Status error) {
    return new Request(Command.INVALID).error(error);
  }

  /**
   * Returns the request to execute instead of this one, whose value was given up. Only a plain set
   * removes the old value then.
   */
  public Request withoutValue(Status why) {
    return command == Command.SET && !comparesCas
        ? error(why)
        : invalid(why).wire(wire).form(form).fields(fields).quiet(quiet);
  }

  /** Returns the request to use instead of this one when an error is the whole answer. */
  public Request withoutAnswer() {
    return of(Command.INVALID).wire(wire).form(form).fields(fields);
  }

  /** Returns the command. */
  public Command command() {
    return command;
  }

  /** Returns the protocol that the request came in. Default {@link Wire#TEXT}. */
  public Wire wire() {
    return wire;
  }

  /** Sets {@link #wire()}. */
  public Request wire(Wire wire) {
    this.wire = wire;
    return this;
  }

  /** Tells whether it may change items; {@code mg} may, if its client can win. */
  public boolean mayWrite() {
    return command.writes() || has(Option.MAY_WIN);
  }

  /** Tells whether the answer depends on the item under {@link #key()}. */
  public boolean dependsOnItem() {
    return command.dependsOnItem() || comparesCas();
  }

  /** Tells whether the request has an option. */
  public boolean has(Option option) {
    return (options & option.bit()) != 0;
  }

  /** Adds an option. */
  public Request with(Option option) {
    options |= option.bit();
    return this;
  }

  /**
   * Returns the codec's own note of the fields to answer with; only the codec interprets it.
   * Default 0.
   */
  public long fields() {
    return fields;
  }

  /** Sets {@link #fields()}. */
  public Request fields(long fields) {
    this.fields = fields;
    return this;
  }

  /**
   * Returns the codec's own mark of the form to answer in; only the codec interprets it. Default 0.
   */
  public int form() {
    return form;
  }

  /** Sets {@link #form()}. */
  public Request form(int form) {
    this.form = form;
    return this;
  }

  /** Returns the item's key, or null when the command has none. */
  public Key key() {
    return key;
  }

  /** Sets {@link #key()}. */
  public Request key(Key key) {
    this.key = key;
    return this;
  }

  /** Returns the value to store, or null; the request owns the array. */
  public byte[] value() {
    return value;
  }

  /** Sets {@link #value()}; the array is handed over and stored as it is. */
  public Request value(byte[] value) {
    this.value = value;
    return this;
  }

  /** Returns the client's flags, 32 bits unsigned. Default 0. */
  public int flags() {
    return flags;
  }

  /** Sets {@link #flags()}. */
  public Request flags(int flags) {
    this.flags = flags;
    return this;
  }

  /**
   * Returns the expiry in seconds as memcached means it ({@link io.ehcached.item.Expiry#of}); the
   * delay of a {@link Command#FLUSH_ALL}. Default 0.
   */
  public long exptime() {
    return exptime;
  }

  /** Sets {@link #exptime()}. */
  public Request exptime(long exptime) {
    this.exptime = exptime;
    return this;
  }

  /** Tells whether the command applies only to the item with {@link #compareCas()}. */
  public boolean comparesCas() {
    return comparesCas;
  }

  /** Returns the cas unique that the item must have. */
  public long compareCas() {
    return rare.compareCas;
  }

  /** Sets {@link #compareCas()}. */
  public Request compareCas(long cas) {
    this.comparesCas = true;
    rare().compareCas = cas;
    return this;
  }

  /**
   * Returns the amount to add or subtract, unsigned; for other commands, a level or a number of
   * megabytes.
   */
  public long delta() {
    return rare.delta;
  }

  /** Sets {@link #delta()}. */
  public Request delta(long delta) {
    rare().delta = delta;
    return this;
  }

  /** Tells whether the client wants no answer ({@code noreply}). Default false. */
  public boolean quiet() {
    return quiet;
  }

  /** Sets {@link #quiet()}. */
  public Request quiet(boolean quiet) {
    this.quiet = quiet;
    return this;
  }

  /** Tells whether the client wants the cas unique of what it reads. Default false. */
  public boolean wantsCas() {
    return wantsCas;
  }

  /** Sets {@link #wantsCas()}. */
  public Request wantsCas(boolean wantsCas) {
    this.wantsCas = wantsCas;
    return this;
  }

  /**
   * Returns what the codec found wrong, or null. Besides {@link Command#INVALID}, a {@link
   * Command#SET} may have one: it then has a key and no value, and ends with this error after what
   * memcached does to the key's old item.
   */
  public Status error() {
    return rare.error;
  }

  /** Sets {@link #error()}. */
  public Request error(Status error) {
    rare().error = error;
    return this;
  }

  /** Returns the codec's message for {@link #error()}, or null. */
  public String errorText() {
    return rare.errorText;
  }

  /** Sets {@link #errorText()}. */
  public Request errorText(String text) {
    rare().errorText = text;
    return this;
  }

  /**
   * Returns the words that follow the command, as {@link Command#STATS} and {@link
   * Command#SHUTDOWN} take them.
   */
  public List<String> arguments() {
    return rare.arguments;
  }

  /** Sets {@link #arguments()}. */
  public Request arguments(List<String> arguments) {
    rare().arguments = List.copyOf(arguments);
    return this;
  }

  private Rare rare() {
    if (rare == Rare.NONE) {
      rare = new Rare();
    }
    return rare;
  }

  /** Returns the cas unique that a written item is to have, with {@link Option#CHOOSE_CAS}. */
  public long chosenCas() {
    return rare.chosenCas;
  }

  /** Sets {@link #chosenCas()}, and the option. */
  public Request chosenCas(long cas) {
    rare().chosenCas = cas;
    return with(Option.CHOOSE_CAS);
  }

  /** Returns the expiry of what {@link Option#VIVIFY} makes, as {@link #exptime()} has it. */
  public long vivifyExptime() {
    return rare.vivifyExptime;
  }

  /** Sets {@link #vivifyExptime()}, and the option. */
  public Request vivifyExptime(long exptime) {
    rare().vivifyExptime = exptime;
    return with(Option.VIVIFY);
  }

  /**
   * Returns the remaining time to live, in seconds, below which the client is told to store a new
   * value. Default 0: the client is never told.
   */
  public long recache() {
    return rare.recache;
  }

  /** Sets {@link #recache()}. */
  public Request recache(long exptime) {
    rare().recache = exptime;
    return this;
  }

  /** Returns the number that {@link Option#VIVIFY} stores. Default 0. */
  public long initial() {
    return rare.initial;
  }

  /** Sets {@link #initial()}. */
  public Request initial(long number) {
    rare().initial = number;
    return this;
  }

  /** Returns the user name of an {@link Command#AUTHENTICATE}, or null. */
  public byte[] user() {
    return rare.user;
  }

  /** Sets {@link #user()}. */
  public Request user(byte[] user) {
    rare().user = user;
    return this;
  }

  /** Returns the bytes that the answer repeats, or null. */
  public byte[] opaque() {
    return rare.opaque;
  }

  /** Sets {@link #opaque()}. */
  public Request opaque(byte[] opaque) {
    rare().opaque = opaque;
    return this;
  }
}
