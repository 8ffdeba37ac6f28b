package io.ehcached.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.model.AppenderModel;
import ch.qos.logback.core.model.Model;
import ch.qos.logback.core.model.processor.AppenderModelHandler;
import ch.qos.logback.core.model.processor.DefaultProcessor;
import ch.qos.logback.core.model.processor.ModelHandlerException;
import ch.qos.logback.core.model.processor.ModelInterpretationContext;
import ch.qos.logback.core.status.Status;
import io.ehcached.files.IoReason;
import io.ehcached.files.WriteCheck;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user's own {@code logback.xml}, which configures the whole log. */
final class LogbackFile {
  private LogbackFile() {}

  /**
   * Configures the log by the file.
   *
   * @throws UsageException when it cannot be used; names the line, where one is to blame
   */
  static void use(LoggerContext context, Path file) throws UsageException {
    context.reset();
    read(context, new JoranConfigurator(), file);
  }

  /**
   * Checks whether {@link #use} would succeed. Log files stay unchanged, since a node may be
   * writing them.
   *
   * @throws UsageException as {@link #use}
   */
  static void check(Path file) throws UsageException {
    LoggerContext context = new LoggerContext();
    try {
      read(context, new Trial(), file);
    } finally {
      context.stop();
    }
  }

  private static void read(LoggerContext context, JoranConfigurator reader, Path file)
      throws UsageException {
    reader.setContext(context);
    String why = null;
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe may never end
      why = "it is no regular file";
    } else {
      try {
        reader.doConfigure(file.toFile());
      } catch (JoranException e) {
        why = e.getMessage();
      }
    }
    for (Status status : context.getStatusManager().getCopyOfStatusList()) {
      if (status.getEffectiveLevel() == Status.ERROR) { // the first one names the line
        why = status.getMessage();
        break;
      }
    }
    if (why != null) {
      throw UsageException.badValue(
          "--log-config "
              + file
              + " cannot be used ("
              + why.lines().findFirst().orElse("")
              + "); write a logback.xml as https://logback.qos.ch/manual/configuration.html says");
    }
  }

  /** A reader of the file that does not start appenders to files. */
  private static final class Trial extends JoranConfigurator {
    @Override
    protected void addModelHandlerAssociations(DefaultProcessor processor) {
      super.addModelHandlerAssociations(processor);
      processor.addHandler(AppenderModel.class, (in, unused) -> new TrialAppender(in));
    }
  }

  private static final class TrialAppender extends AppenderModelHandler<Object> {
    TrialAppender(Context context) {
      super(context);
    }

    @Override
    public void postHandle(ModelInterpretationContext reading, Model model)
        throws ModelHandlerException {
      if (!reading.isObjectStackEmpty() && reading.peekObject() instanceof FileAppender<?> begun) {
        reading.popObject();
        check(begun, model.getLineNumber());
      } else {
        super.postHandle(reading, model);
      }
    }

    private void check(FileAppender<?> appender, int line) {
      String file = appender.rawFileProperty();
      String where = "Appender [" + appender.getName() + "] at line " + line;
      if (appender.getEncoder() == null) {
        addError(where + " has no encoder");
      }
      if (file != null) { // else it goes by the pattern of its policy
        try {
          WriteCheck.append(WriteCheck.belowWhatIsThere(Path.of(file)));
        } catch (IOException e) {
          addError(where + ": " + file + " cannot be written: " + IoReason.of(e));
        }
      }
    }
  }
}
