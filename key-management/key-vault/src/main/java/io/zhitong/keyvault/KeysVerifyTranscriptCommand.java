package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyvault.ceremony.TranscriptVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zt keys verify-transcript} (校验仪式记录): offline, needs no vault. */
public final class KeysVerifyTranscriptCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Verify();
    }

    @Command(
            name = "verify-transcript",
            mixinStandardHelpOptions = true,
            description = "Check a ceremony's transcript offline 离线校验密钥仪式记录.")
    static final class Verify implements Callable<Integer> {
        private static final long MOST = 4L * 1024 * 1024;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "the transcript 记录文件")
        private Path file = Path.of("transcript.txt");

        @Option(
                names = "--fingerprint",
                paramLabel = "HEX",
                description = "what was read aloud; without it the file vouches for itself only 朗读核对的指纹")
        private Optional<String> fingerprint = Optional.empty();

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            TranscriptVerifier.Result found = TranscriptVerifier.verify(text(), fingerprint);
            found.problems().forEach(problem -> out.println("WRONG 不符: " + problem));
            out.println("records 记录数: " + found.records());
            out.println("fingerprint 指纹: " + found.fingerprint());
            if (found.rehearsal()) {
                out.println("REHEARSAL 演练");
            }
            if (fingerprint.isEmpty()) {
                out.println("compare the fingerprint with what was read aloud 请与朗读的指纹核对");
            }
            out.println(found.right() ? "transcript is right 记录完整" : "transcript is NOT right 记录不可信");
            out.flush();
            return (found.right() ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private String text() throws IOException {
            if (Files.size(file) > MOST) {
                throw new CommandFailure(ExitStatus.CHECK_FAILED, "expected a transcript of at most 4 MiB");
            }
            try {
                return Files.readString(file);
            } catch (CharacterCodingException e) {
                throw new CommandFailure(ExitStatus.CHECK_FAILED, "expected a transcript in UTF-8", e);
            }
        }
    }
}
