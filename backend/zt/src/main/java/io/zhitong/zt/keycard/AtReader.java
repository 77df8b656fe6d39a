package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.keyvault.VaultException;
import io.zhitong.personalisation.PersonalisationRefused;
import io.zhitong.personalisation.keycard.KeyCardRefused;
import io.zhitong.personalisation.keycard.KeyCards;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.zt.card.ReaderOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about the card on a reader (读卡器命令); refusals become one line in both languages. */
abstract class AtReader implements Callable<Integer> {
    static final KeyCards CARDS = new KeyCards(RandomSource.secure());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ReaderOptions reader = new ReaderOptions();

    /** What is done with the card. */
    abstract void run(CardSession card, PrintWriter out) throws IOException;

    @Override
    public final Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (CardReader open = reader.open();
                CardSession card = open.connect()) {
            run(card, out);
            return ExitStatus.OK.code();
        } catch (KeyCardRefused e) {
            throw refused(String.valueOf(e.getMessage()), e.reason().chinese(), e);
        } catch (PersonalisationRefused e) {
            throw refused(String.valueOf(e.getMessage()), e.reason().zh(), e);
        } catch (KeyServiceException e) {
            throw refused(String.valueOf(e.getMessage()), e.reason().chinese(), e);
        } catch (CardException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, e.reason().zh() + " " + e.getMessage(), e);
        } catch (VaultException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        } finally {
            out.flush();
        }
    }

    private static CommandFailure refused(String english, String chinese, RuntimeException cause) {
        return new CommandFailure(ExitStatus.CHECK_FAILED, english + " " + chinese, cause);
    }

    ReaderOptions reader() {
        return reader;
    }

    static SecretBytes pin() throws IOException {
        return VaultAccess.ask("PIN 卡片口令: ");
    }

    /** Hex digits of a given number of bytes from an option. */
    static byte[] hex(String option, String digits, int bytes) {
        try {
            byte[] value = Hex.parse(digits);
            if (value.length == bytes) {
                return value;
            }
        } catch (MalformedInput e) {
            throw new CommandFailure(ExitStatus.USAGE, option + ": expected " + 2 * bytes + " hex digits", e);
        }
        throw new CommandFailure(ExitStatus.USAGE, option + ": expected " + 2 * bytes + " hex digits");
    }
}
