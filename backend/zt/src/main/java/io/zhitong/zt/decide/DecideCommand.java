package io.zhitong.zt.decide;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.decision.Change;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Explanation;
import io.zhitong.decision.Policy;
import io.zhitong.decision.Request;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt decide} (判定): the engine of the controllers on the command line. */
public final class DecideCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.TOP;
    }

    @Override
    public Object command() {
        return new Decide();
    }

    @Command(
            name = "decide",
            mixinStandardHelpOptions = true,
            description = "Who may pass, and why; exit code 0 granted, 1 denied, 2 bad input 判定一次通行请求.")
    static final class Decide implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--estate",
                required = true,
                paramLabel = "FILE",
                description = "Estate as in test-vectors/decision/README.md 小区")
        private Path estate = Path.of("");

        @Option(names = "--request", required = true, paramLabel = "FILE", description = "One request of it 请求")
        private Path request = Path.of("");

        @Option(names = "--explain", description = "The whole trace and the smallest change 逐条说明")
        private boolean explain;

        @Option(names = "--lang", defaultValue = "zh", paramLabel = "zh|en", description = "Language 语言")
        private String language = "zh";

        @Override
        public Integer call() {
            Policy policy = Json.read(estate).as(json -> new Policy(EstateReader.read(json)));
            Request wish = Json.read(request).as(RequestReader::read);
            Explanation explanation = Engine.explain(wish, policy);
            PrintWriter out = spec.commandLine().getOut();
            out.println(outcome(explanation.decision()));
            if (explain) {
                explanation.steps().forEach(step -> out.println("  " + say(step.chinese(), step.english())));
            }
            for (Change change : explanation.changes()) {
                out.println("→ " + say(change.chinese(), change.english()));
            }
            out.flush();
            boolean granted = explanation.decision() instanceof Decision.Grant;
            return (granted ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private String say(String chinese, String english) {
            return language.equals("en") ? english : chinese;
        }

        private String outcome(Decision decision) {
            if (decision instanceof Decision.Deny deny) {
                String alarm = deny.alarm() ? say("，报警", ", alarm") : "";
                return "DENY " + deny.reason() + " "
                        + say(deny.reason().chinese(), deny.reason().english()) + alarm;
            }
            Decision.Grant grant = (Decision.Grant) decision;
            return "GRANT " + grant.pulseMillis() + " ms"
                    + (grant.floors().isEmpty() ? "" : " floors " + grant.floors())
                    + (grant.barrier() ? " barrier" : "")
                    + (grant.silentAlarm() ? " silent-alarm" : "")
                    + (grant.recorded() ? " recorded" : "")
                    + " " + say(grant.as().chinese(), grant.as().english());
        }
    }
}
