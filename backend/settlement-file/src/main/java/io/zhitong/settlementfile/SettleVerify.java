package io.zhitong.settlementfile;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zt settle verify FILE}: is this settlement file what its sender signed, and if not, what is wrong (清算文件验签). */
public final class SettleVerify implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.SETTLE;
    }

    @Override
    public Object command() {
        return new Verify();
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks a settlement file with the sender's public key: signature, totals, order, every line. 验证清算文件",
                "Exit code 0: good. 1: something is wrong, each finding on a line of its own. "
                        + "3: a file or the key cannot be read."
            })
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "the settlement file, TYPE_SENDER_YYYYMMDD_SEQ_VER")
        Path file = Path.of("");

        @Option(
                names = "--key",
                paramLabel = "PUB.pem",
                description = "the sender's public key; default: settlement.pem beside FILE")
        Optional<Path> key = Optional.empty();

        @Option(names = "--signature", paramLabel = "SIG", description = "the signature (DER); default: FILE.sig")
        Optional<Path> signature = Optional.empty();

        @Override
        public Integer call() {
            byte[] content = read(file, "settlement file", PackageParser.MAX_BYTES);
            byte[] der = read(signature.orElse(beside(file.getFileName() + ".sig")), "signature", 4096);
            Sm2PublicKey publicKey = publicKey(key.orElse(beside("settlement.pem")));
            PackageVerifier.Verdict verdict =
                    PackageVerifier.verify(String.valueOf(file.getFileName()), content, der, publicKey);
            report(verdict, publicKey);
            return (verdict.good() ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private void report(PackageVerifier.Verdict verdict, Sm2PublicKey publicKey) {
            PrintWriter out = spec.commandLine().getOut();
            verdict.findings().forEach(finding -> out.println(finding.text()));
            if (verdict.good()) {
                PackageHeader h = verdict.parsed().header().orElseThrow();
                out.printf(
                        "OK %s: %d records, %d fen, from %s to %s, signed by key %s%n",
                        h.name(), h.count(), h.amountFen(), h.name().sender(), h.receiver(), h.keyId());
            } else {
                out.printf(
                        "NOT GOOD %s: %d findings, checked with key %s%n",
                        file.getFileName(), verdict.findings().size(), PublicKeyPem.keyId(publicKey.xy()));
            }
            out.flush();
        }

        private Path beside(String name) {
            return file.resolveSibling(name);
        }

        private static Sm2PublicKey publicKey(Path path) {
            try {
                return PublicKeyPem.decode(new String(read(path, "public key", 16_384), StandardCharsets.US_ASCII));
            } catch (MalformedInput e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, "public key " + path + ": " + e.getMessage(), e);
            }
        }

        private static byte[] read(Path path, String what, long limit) {
            try {
                long size = Files.size(path);
                if (size > limit) {
                    String message = what + " " + path + ": expected at most " + limit + " bytes, found " + size;
                    throw new CommandFailure(ExitStatus.ENVIRONMENT, message);
                }
                return Files.readAllBytes(path);
            } catch (IOException e) {
                String message = what + " " + path + " cannot be read: check that it is there and readable";
                throw new CommandFailure(ExitStatus.ENVIRONMENT, message, e);
            }
        }
    }
}
