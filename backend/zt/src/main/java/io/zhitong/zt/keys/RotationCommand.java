package io.zhitong.zt.keys;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Brings {@code zt keys rotation} (密钥轮换进度). */
public final class RotationCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "rotation",
            mixinStandardHelpOptions = true,
            description = {
                "Shows, for each key, how many cards and SAMs hold which version and how many wait for the newest."
                        + " 密钥轮换进度",
                "Exit codes: 0 all hold the newest versions, 1 some do not yet, 2 wrong options, 3 no answer."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ConsoleQuestion console = new ConsoleQuestion();

        @Option(names = "--open", description = "only what is not done 仅显示未完成")
        private boolean open;

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            boolean done = true;
            for (JsonNode usage : console.ask("/keys/rotation.json")) {
                boolean ready = usage.get("done").asBoolean();
                done &= ready;
                if (!open || !ready) {
                    print(out, usage, ready);
                }
            }
            out.flush();
            return (done ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private static void print(PrintWriter out, JsonNode usage, boolean ready) {
            String rest = ready
                    ? "done 已完成"
                    : "waiting 待更换: " + usage.get("cardsBehind").asLong() + " cards 卡, "
                            + usage.get("samsBehind").asLong() + " SAMs";
            out.println(
                    usage.get("usage").asString() + " " + usage.get("chinese").asString() + ": " + rest);
            for (JsonNode version : usage.get("versions")) {
                out.println(String.format(
                        Locale.ROOT,
                        "  %s %-44s %-11s %s  %s  cards 卡 %d, SAMs %d",
                        version.get("newest").asBoolean() ? "*" : " ",
                        version.get("key").asString(),
                        version.get("state").asString(),
                        version.get("stateChinese").asString(),
                        version.get("kcv").asString(),
                        version.get("cards").asLong(),
                        version.get("sams").asLong()));
            }
        }
    }
}
