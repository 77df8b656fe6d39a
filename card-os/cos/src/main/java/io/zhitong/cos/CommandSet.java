package io.zhitong.cos;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.access.Authenticate;
import io.zhitong.cos.access.ExchangeDistance;
import io.zhitong.cos.access.GenerateKeyPair;
import io.zhitong.cos.command.AppendRecord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.CreateFile;
import io.zhitong.cos.command.EraseDirectory;
import io.zhitong.cos.command.ExternalAuthenticate;
import io.zhitong.cos.command.GetChallenge;
import io.zhitong.cos.command.InternalAuthenticate;
import io.zhitong.cos.command.ReadBinary;
import io.zhitong.cos.command.ReadRecord;
import io.zhitong.cos.command.Select;
import io.zhitong.cos.command.UpdateBinary;
import io.zhitong.cos.command.UpdateRecord;
import io.zhitong.cos.command.VerifyPin;
import io.zhitong.cos.command.WriteKey;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.purse.CreditForLoad;
import io.zhitong.cos.purse.Debit;
import io.zhitong.cos.purse.GetBalance;
import io.zhitong.cos.purse.GetTransactionProve;
import io.zhitong.cos.purse.Initialize;
import io.zhitong.cos.sam.Cipher;
import io.zhitong.cos.sam.CreditSamForPurchase;
import io.zhitong.cos.sam.DeliverKey;
import io.zhitong.cos.sam.InitSamForPurchase;
import io.zhitong.cos.state.CardProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which commands a card knows (命令集). */
final class CommandSet {
    private static final Set<Integer> CLASSES = Set.of(0x00, 0x04, 0x80, 0x84);

    private static final Map<Integer, Command> COMMON = byInstruction(
            new Select(),
            new ReadBinary(),
            new UpdateBinary(),
            new ReadRecord(),
            new UpdateRecord(),
            new AppendRecord(),
            new GetChallenge(),
            new ExternalAuthenticate(),
            new InternalAuthenticate(),
            new VerifyPin(),
            new CreateFile(),
            new EraseDirectory(),
            new WriteKey());

    private static final Map<Integer, Command> RESIDENT = byInstruction(
            new GetBalance(), new Initialize(), new CreditForLoad(), new Debit(), new GetTransactionProve());

    private static final Map<Integer, Command> ACCESS =
            byInstruction(new Authenticate(), new ExchangeDistance(), new GenerateKeyPair());

    private static final Map<Integer, Command> SAM =
            byInstruction(new InitSamForPurchase(), new CreditSamForPurchase(), new DeliverKey(), new Cipher());

    private CommandSet() {}

    /** The command; 6E00 for a class, 6D00 for an instruction that the card does not know. */
    static Command find(CommandApdu apdu, CardProfile profile) {
        CommandRefused.unless(CLASSES.contains(apdu.cla()), StatusWord.CLA_UNKNOWN);
        Command command = COMMON.getOrDefault(apdu.ins(), own(apdu.ins(), profile));
        if (command == null) {
            throw new CommandRefused(StatusWord.INS_UNKNOWN);
        }
        CommandRefused.unless(command.accepts(apdu.cla()), StatusWord.CLA_UNKNOWN);
        return command;
    }

    private static @Nullable Command own(int ins, CardProfile profile) {
        if (profile.sam()) {
            return SAM.get(ins);
        }
        return RESIDENT.getOrDefault(ins, profile.accessMethods() == 0 ? null : ACCESS.get(ins));
    }

    private static Map<Integer, Command> byInstruction(Command... commands) {
        return List.of(commands).stream().collect(Collectors.toUnmodifiableMap(Command::ins, Function.identity()));
    }
}
