package io.zhitong.zt.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command of {@code zt card} explains itself in both languages, and refuses what it does not know. */
final class CardHelpTest {
    @Test
    void every_command_has_help_in_both_languages_and_refuses_strange_options_with_2() {
        Set<String> seen = new TreeSet<>();
        for (ZtCommand each : ServiceLoader.load(ZtCommand.class)) {
            if (each.group() == CommandGroup.CARD) {
                String name = new CommandLine(each.command()).getCommandName();
                seen.add(name);
                Told help = Told.to(each, "--help");
                assertEquals(0, help.code(), name);
                assertTrue(help.out().startsWith("Usage: " + name), help.out());
                assertTrue(help.out().codePoints().anyMatch(Character::isIdeographic), name + " speaks Chinese too");
                Told strange = Told.to(each, "--strange");
                assertEquals(2, strange.code(), name);
                assertEquals(1, strange.err().lines().count(), strange.err());
            }
        }
        assertEquals("[apdu, dump, evidence, hands, new, script, serve, shell]", seen.toString());
    }
}
