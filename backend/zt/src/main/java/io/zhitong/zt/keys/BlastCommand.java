package io.zhitong.zt.keys;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Brings {@code zt keys blast} (失密影响面). */
public final class BlastCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    /** What was lost: exactly one of them. */
    static final class Lost {
        @Option(
                names = {"--psam", "--sam"},
                paramLabel = "SERIAL",
                description = "a PSAM or access SAM, 20 hex digits 终端安全模块")
        private String sam = "";

        @Option(names = "--card", paramLabel = "NUMBER", description = "a card, 16 digits 用户卡")
        private String card = "";

        @Option(
                names = "--controller",
                paramLabel = "DEVICE",
                description = "a controller or till by its number 控制器或终端")
        private String device = "";

        @Option(
                names = {"--key", "--mother-card"},
                paramLabel = "USAGE/VERSION[:FACTOR…]",
                description = "a master, as it lay on a mother card 密钥母卡中的主密钥")
        private String key = "";

        String query() {
            if (!sam.isEmpty()) {
                return "sam=" + encoded(sam);
            }
            if (!card.isEmpty()) {
                return "card=" + encoded(card);
            }
            return device.isEmpty() ? "key=" + encoded(key) : "device=" + encoded(device);
        }

        private static String encoded(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }
    }

    @Command(
            name = "blast",
            mixinStandardHelpOptions = true,
            description = {
                "Says what falls if something is lost: keys, versions, terminals, cards, doors. 失密影响面",
                "Exit codes: 0 answered, 1 unknown, 2 wrong options, 3 no answer."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ConsoleQuestion console = new ConsoleQuestion();

        @ArgGroup(multiplicity = "1")
        private Lost lost = new Lost();

        @Override
        public Integer call() throws Exception {
            JsonNode answer = console.ask("/keys/blast.json?" + lost.query());
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    answer.get("what").asString() + ": " + answer.get("reach").asString() + " "
                            + answer.get("reachChinese").asString());
            list(out, "keys 密钥", answer.get("keys"));
            out.println("cards 卡: " + answer.get("cards").asLong());
            list(out, "terminals with the same masters 同主密钥终端", answer.get("terminals"));
            list(out, "fast doors 快速门", answer.get("fastDoors"));
            list(
                    out,
                    "fast doors without a SAM on record, they hold no key 无SAM的快速门",
                    answer.get("fastDoorsWithoutSam"));
            out.flush();
            return ExitStatus.OK.code();
        }

        private static void list(PrintWriter out, String title, JsonNode items) {
            out.println(title + ": " + items.size());
            items.forEach(item -> out.println("  " + item.asString()));
        }
    }
}
