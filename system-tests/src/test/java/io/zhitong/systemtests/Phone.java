package io.zhitong.systemtests;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.Hex;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.codehaus.mojo.animal_sniffer.Clazz;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/** A phone without its screen (手机): Android's framework classes, the list of its platform, and the card's service compiled for it. */
final class Phone {
    private static final Path SOURCES = RunningEstate.root().resolve("card-os/cos/src/phone/java/io/zhitong/phone");
    private static final Path FRAMEWORK = Path.of(property("zhitong.android"));
    private static final Set<String> NOT_THE_PLATFORM = Set.of("io.zhitong.*", "org.bouncycastle.*", "android.*");

    private final Path work;
    private final Map<String, Clazz> signatures;
    private final Path service;

    Phone(Path work) {
        this.work = work;
        this.signatures = signatures();
        this.service = compiled("service", sources());
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), "run by Maven");
    }

    private static Map<String, Clazz> signatures() {
        try (InputStream in =
                new BufferedInputStream(Files.newInputStream(Path.of(property("zhitong.android.signatures"))))) {
            return SignatureChecker.loadClasses(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Card operating system, card formulas, algorithms. */
    static List<Path> cardPlaces() {
        return Stream.of(Card.class, CommandApdu.class, Hex.class)
                .map(Phone::place)
                .toList();
    }

    private static Path place(Class<?> some) {
        try {
            return Path.of(
                    some.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A class of one source text; the folder of its classes. */
    Path compile(String name, String text) {
        try {
            Path source = Files.writeString(work.resolve(name + ".java"), text);
            return compiled(name, List.of(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path compiled(String name, List<Path> files) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        Path out = work.resolve(name);
        String path = Stream.concat(Stream.of(FRAMEWORK, work.resolve("service")), cardPlaces().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var words = new StringWriter();
        boolean done = compiler.getTask(
                        words,
                        null,
                        null,
                        List.of("--release", "17", "-proc:none", "-cp", path, "-d", out.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(files))
                .call();
        if (!done) {
            throw new AssertionError(words.toString());
        }
        return out;
    }

    /** What these classes use of a Java platform and Android 14 has not. */
    List<String> strangersIn(List<Path> places) {
        var words = new ByteArrayOutputStream();
        try {
            var checker = new SignatureChecker(
                    signatures,
                    NOT_THE_PLATFORM,
                    new PrintWriterLogger(new PrintStream(words, true, StandardCharsets.UTF_8)));
            checker.setSourcePath(List.of());
            for (Path each : places) {
                checker.process(each.toFile());
            }
            boolean broken = checker.isSignatureBroken();
            return broken ? words.toString(StandardCharsets.UTF_8).lines().toList() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything a phone's application brings along, and more places. */
    PhonePlatform platform(Path... more) {
        List<Path> places = new ArrayList<>(cardPlaces());
        places.addAll(List.of(service, place(SM4Engine.class), FRAMEWORK));
        places.addAll(List.of(more));
        return new PhonePlatform(
                signatures.keySet(), places.stream().map(Phone::url).toList());
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The card's service as the system starts it. */
    Service service(Path files) {
        Path owner = compile("Owner" + files.getFileName(), ownerOf(files));
        return new Service(platform(owner), "Owner" + files.getFileName());
    }

    /** The framework's own folder needs a running system: the subclass answers in its place. */
    private static String ownerOf(Path files) {
        return "public class Owner" + files.getFileName() + " extends io.zhitong.phone.CardService {"
                + " @Override public java.io.File getFilesDir() { return new java.io.File(\"" + files + "\"); } }";
    }

    /** A started service, driven as the system drives it. */
    static final class Service {
        private final Object service;
        private final Method command;
        private final Method deactivated;

        Service(PhonePlatform platform, String name) {
            try {
                Class<?> type = platform.loadClass(name);
                service = withoutConstructor(type);
                command = type.getMethod("processCommandApdu", byte[].class, platform.loadClass("android.os.Bundle"));
                deactivated = type.getMethod("onDeactivated", int.class);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        /** The framework's constructor asks for a message loop of the system; what the card does asks for none. */
        private static Object withoutConstructor(Class<?> type) throws ReflectiveOperationException {
            Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
            Object maker = factory.getMethod("getReflectionFactory").invoke(null);
            Constructor<?> made =
                    (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                            .invoke(maker, type, Object.class.getDeclaredConstructor());
            return made.newInstance();
        }

        ClassLoader classLoader() {
            try {
                return service.getClass()
                        .getClassLoader()
                        .loadClass(Card.class.getName())
                        .getClassLoader();
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        byte[] process(byte[] frame) {
            return (byte[]) call(command, frame, null);
        }

        void leaveField() {
            call(deactivated, 0);
        }

        private Object call(Method method, Object... arguments) {
            try {
                return method.invoke(service, arguments);
            } catch (InvocationTargetException e) {
                throw new AssertionError(e.getCause());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }
}
