package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys state} (变更主密钥状态). */
public final class KeysStateCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new State();
    }

    @Command(
            name = "state",
            mixinStandardHelpOptions = true,
            description = "Bring a master into another state; destroyed ends its bytes 变更主密钥状态，销毁即清除密钥.")
    static final class State implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private KeyOrderOptions options = new KeyOrderOptions();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "USAGE/VERSION[:FACTOR…]",
                description = "the master 主密钥")
        private String key = "";

        @Option(names = "--to", required = true, description = "${COMPLETION-CANDIDATES} 目标状态")
        private KeyState to = KeyState.ACTIVE;

        @Override
        public Integer call() throws Exception {
            return options.order(
                    spec.commandLine().getOut(), new KeyOrder.ChangeKeyState(KeyOrderOptions.key(key), to));
        }
    }
}
