package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.bench.Bench;
import io.zhitong.backend.bench.BenchRefusal;
import io.zhitong.backend.cards.DeskCard;
import io.zhitong.backend.cards.DeskRefusal;
import io.zhitong.backend.commerce.MerchantFault;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.events.Conflict;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.Sight;
import io.zhitong.backend.persons.ImportReport;
import io.zhitong.backend.persons.ImportWord;
import io.zhitong.backend.persons.PersonsRefusal;
import io.zhitong.backend.register.RegisterRefusal;
import io.zhitong.backend.setup.SetupProblem;
import io.zhitong.backend.span.BelongingFault;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of all pages, read from the files as they are: what a page names is there, in both languages. */
final class MessagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern LITERAL_KEY = Pattern.compile("#\\{([a-zA-Z0-9.]+)[}(]");
    private static final Pattern KEY_IN_CODE = Pattern.compile("\"((?:[a-z]+\\.){1,3}[a-zA-Z0-9]+)\"");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    /** An issued card is shown as its holder. */
    private static final DeskCard.Kind[] SHOWN_IN_WORDS = Arrays.stream(DeskCard.Kind.values())
            .filter(kind -> kind != DeskCard.Kind.ISSUED)
            .toArray(DeskCard.Kind[]::new);

    private final List<Path> chinese = files("messages", "[a-z]+\\.properties");
    private final List<Path> english = files("messages", "[a-z]+_en\\.properties");
    private final List<Path> templates = files("templates", ".*\\.html");

    @Test
    void every_chinese_file_has_an_english_one_with_exactly_its_keys() throws IOException {
        assertThat(chinese).hasSizeGreaterThan(6);
        assertThat(english).hasSameSizeAs(chinese);
        for (Path file : chinese) {
            assertThat(read(english(file)).stringPropertyNames())
                    .as(file.toString())
                    .isEqualTo(read(file).stringPropertyNames());
        }
    }

    @Test
    void no_text_is_blank_and_both_languages_take_the_same_arguments() throws IOException {
        for (Path file : chinese) {
            Properties one = read(file);
            Properties other = read(english(file));
            for (String key : one.stringPropertyNames()) {
                assertThat(one.getProperty(key)).as(key).isNotBlank();
                assertThat(other.getProperty(key)).as(key).isNotBlank();
                assertThat(arguments(one.getProperty(key))).as(key).isEqualTo(arguments(other.getProperty(key)));
            }
        }
    }

    @Test
    void english_texts_hold_no_chinese_but_the_name_of_the_language() throws IOException {
        for (Path file : english) {
            read(file).forEach((key, text) -> {
                if (!key.equals("shell.language") && !key.equals("shell.product")) {
                    assertThat(HAN.matcher(text.toString()).find())
                            .as(key + "=" + text)
                            .isFalse();
                }
            });
        }
    }

    /** MessageFormat swallows a lone apostrophe and everything after it stands as it is. */
    @Test
    void a_text_with_arguments_has_no_apostrophe_that_would_hide_them() throws IOException {
        for (Path file : Stream.concat(chinese.stream(), english.stream()).toList()) {
            read(file).forEach((key, value) -> {
                String text = value.toString();
                if (text.contains("{0")) {
                    Object[] given = {"A1", "A2", "A3", "A4"};
                    String shown = new MessageFormat(text, Locale.ENGLISH).format(given);
                    assertThat(shown).as(file + " " + key).doesNotContain("{").contains("A1");
                }
            });
        }
    }

    @Test
    void each_key_that_a_template_names_is_there() throws IOException {
        Set<String> known = keys();
        List<String> missing = new ArrayList<>();
        for (Path template : templates) {
            Matcher found = LITERAL_KEY.matcher(Files.readString(template));
            while (found.find()) {
                if (!known.contains(found.group(1))) {
                    missing.add(template.getFileName() + " " + found.group(1));
                }
            }
        }
        assertThat(templates).hasSizeGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    @Test
    void each_key_that_the_program_names_is_there() throws IOException {
        Set<String> known = keys();
        Set<String> prefixes =
                known.stream().map(key -> key.substring(0, key.indexOf('.'))).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (Path source : sources()) {
            Matcher found = KEY_IN_CODE.matcher(Files.readString(source));
            while (found.find()) {
                String key = found.group(1);
                if (prefixes.contains(key.substring(0, key.indexOf('.'))) && !known.contains(key)) {
                    missing.add(source.getFileName() + " " + key);
                }
            }
        }
        // Actions in the audit log and names of files look like keys, and are none.
        missing.removeIf(each -> each.matches(".* (settlement\\.(package|pem)|presence\\.amnesty|audit\\.export)"));
        assertThat(missing).isEmpty();
    }

    @Test
    void each_choice_that_a_template_puts_into_words_has_its_words() throws IOException {
        assertThat(keys())
                .containsAll(all("identity.role.", Role.values()))
                .containsAll(all("shell.level.", Banner.Level.values()))
                .containsAll(all("events.do.", Conflict.values()))
                .containsAll(all("bench.refused.", BenchRefusal.Reason.values()))
                .containsAll(all("cards.kind.", SHOWN_IN_WORDS))
                .containsAll(all("cards.refused.", DeskRefusal.Reason.values()))
                .containsAll(all("register.refused.", RegisterRefusal.values()))
                .containsAll(all("merchants.fault.", MerchantFault.values()))
                .containsAll(all("belonging.fault.", BelongingFault.values()))
                .containsAll(all("setup.problem.", SetupProblem.values()))
                .containsAll(all("setup.users.sight.", Sight.values()))
                .containsAll(all("register.kind.", DeviceKind.values()))
                .containsAll(all("persons.refused.", PersonsRefusal.values()))
                .containsAll(all("persons.import.", ImportReport.Outcome.values()))
                .containsAll(all("persons.import.word.", ImportWord.values()))
                .contains("bench.refused.WORLD")
                .containsAll(
                        Bench.PROFILES.stream().map(p -> "bench.profile." + p).toList());
    }

    @Test
    void each_file_of_texts_is_read_by_the_program() throws IOException {
        String configuration = Files.readString(RESOURCES.resolve("application.yaml"));
        for (Path file : chinese) {
            String name = file.getFileName().toString().replace(".properties", "");
            assertThat(configuration).contains("messages/" + name);
        }
    }

    @Test
    void a_planted_key_without_a_text_is_found_by_the_same_pattern() {
        Matcher found = LITERAL_KEY.matcher("<p th:text=\"#{planted.missing}\"></p> #{planted.call(${x})}");
        assertThat(found.results().map(each -> each.group(1))).containsExactly("planted.missing", "planted.call");
    }

    private Set<String> keys() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Path file : chinese) {
            keys.addAll(read(file).stringPropertyNames());
        }
        return keys;
    }

    private static <E extends Enum<E>> List<String> all(String prefix, E[] choices) {
        return Arrays.stream(choices).map(each -> prefix + each.name()).toList();
    }

    private static Set<String> arguments(String text) {
        return Pattern.compile("\\{(\\d)")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toSet());
    }

    private static Path english(Path file) {
        return file.resolveSibling(file.getFileName().toString().replace(".properties", "_en.properties"));
    }

    private static Properties read(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            texts.load(in);
        }
        return texts;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<Path> files(String folder, String name) {
        try (Stream<Path> all = Files.walk(RESOURCES.resolve(folder))) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
