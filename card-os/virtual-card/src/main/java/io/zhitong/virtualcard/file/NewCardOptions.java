package io.zhitong.virtualcard.file;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.TransportKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options of every command that makes cards (新卡选项). */
public final class NewCardOptions {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "one of: ${COMPLETION-CANDIDATES}; default blank 卡型")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--transport-key",
            paramLabel = "FILE",
            description = "batch key of a new card, 32 hex digits; zeros without it 传输密钥")
    private Optional<Path> transportKey = Optional.empty();

    /** The profile named, if one was. */
    public Optional<String> profileName() {
        return profile;
    }

    /** @throws CommandFailure for an unknown name */
    public CardProfile profile() {
        String name = profile.orElse("blank");
        return CardProfile.named(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitStatus.USAGE,
                        "--profile " + name + ": expected one of "
                                + CardProfile.all().stream()
                                        .map(CardProfile::name)
                                        .collect(Collectors.joining(", "))));
    }

    /** The batch key, to be closed. */
    public SecretBytes batchKey() {
        return transportKey.map(TransportKey::read).orElseGet(TransportKey::ofShell);
    }

    /** The names for {@code --help}. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(CardProfile.all().stream().map(CardProfile::name).toList());
        }
    }
}
