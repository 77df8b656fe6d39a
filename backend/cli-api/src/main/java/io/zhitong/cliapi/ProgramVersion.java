package io.zhitong.cliapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version (版本) of this build for {@code --version}: {@code zhitong 0.1.0 (Java 17.0.15)}. */
public final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"zhitong " + number() + " (Java " + Runtime.version() + ")"};
    }

    /** The number alone, as the build wrote it. */
    public static String number() {
        var properties = new Properties();
        try (InputStream in = ProgramVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
