package io.zhitong.cos;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.access.Authenticate;
import io.zhitong.cos.access.ExchangeDistance;
import io.zhitong.cos.access.GenerateKeyPair;
import io.zhitong.cos.command.AppendRecord;
import io.zhitong.cos.command.ApplicationBlock;
import io.zhitong.cos.command.ApplicationUnblock;
import io.zhitong.cos.command.CardBlock;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.CreateFile;
import io.zhitong.cos.command.DeleteFile;
import io.zhitong.cos.command.EraseDirectory;
import io.zhitong.cos.command.ExternalAuthenticate;
import io.zhitong.cos.command.GetChallenge;
import io.zhitong.cos.command.InternalAuthenticate;
import io.zhitong.cos.command.LifeCycle;
import io.zhitong.cos.command.ReadBinary;
import io.zhitong.cos.command.ReadRecord;
import io.zhitong.cos.command.ReplacePin;
import io.zhitong.cos.command.Select;
import io.zhitong.cos.command.UnblockPin;
import io.zhitong.cos.command.UpdateBinary;
import io.zhitong.cos.command.UpdateRecord;
import io.zhitong.cos.command.VerifyPin;
import io.zhitong.cos.command.WriteKey;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.purse.CreditForLoad;
import io.zhitong.cos.purse.Debit;
import io.zhitong.cos.purse.GetBalance;
import io.zhitong.cos.purse.GetLockProof;
import io.zhitong.cos.purse.GetTransactionProve;
import io.zhitong.cos.purse.Initialize;
import io.zhitong.cos.purse.InitializeGrey;
import io.zhitong.cos.purse.LockGrey;
import io.zhitong.cos.purse.UnlockGrey;
import io.zhitong.cos.purse.UpdateCappCache;
import io.zhitong.cos.purse.UpdateOverdraw;
import io.zhitong.cos.sam.Cipher;
import io.zhitong.cos.sam.CreditSamForPurchase;
import io.zhitong.cos.sam.CreditSamGreyLock;
import io.zhitong.cos.sam.DeliverKey;
import io.zhitong.cos.sam.GreyDebitMac;
import io.zhitong.cos.sam.InitSamForPurchase;
import io.zhitong.cos.sam.InitSamGreyLock;
import io.zhitong.cos.state.CardProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which commands a card knows (命令集). */
final class CommandSet {
    /** Metered use has a class of its own; chips as bought do not know it. */
    private static final int GREY_CLASS = 0xE0;

    private static final Set<Integer> CLASSES = Set.of(0x00, 0x04, 0x80, 0x84, GREY_CLASS);

    private static final List<Command> COMMON = List.of(
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
            new ReplacePin(),
            new UnblockPin(),
            new ApplicationBlock(),
            new ApplicationUnblock(),
            new CardBlock(),
            new CreateFile(),
            new EraseDirectory(),
            new WriteKey());

    /** Not every maker's card has these. */
    private static final List<Command> OURS = List.of(new DeleteFile(), new LifeCycle());

    private static final List<Command> ACCESS =
            List.of(new Authenticate(), new ExchangeDistance(), new GenerateKeyPair());

    private static final List<Command> PURSE = List.of(
            new GetBalance(),
            new Initialize(),
            new CreditForLoad(),
            new Debit(),
            new UpdateOverdraw(),
            new UpdateCappCache(),
            new GetTransactionProve());

    private static final List<Command> GREY =
            List.of(new InitializeGrey(), new LockGrey(), new UnlockGrey(), new GetLockProof());

    private static final Map<Integer, List<Command>> RESIDENT =
            byInstruction(List.of(COMMON, OURS, PURSE, GREY, ACCESS));

    private static final Map<Integer, List<Command>> RESIDENT_WITHOUT_ACCESS = byInstruction(List.of(COMMON, PURSE));

    private static final List<Command> TERMINAL =
            List.of(new InitSamForPurchase(), new CreditSamForPurchase(), new DeliverKey(), new Cipher());

    private static final List<Command> SAM_GREY =
            List.of(new InitSamGreyLock(), new CreditSamGreyLock(), new GreyDebitMac());

    private static final Map<Integer, List<Command>> SAM_AS_BOUGHT = byInstruction(List.of(COMMON, TERMINAL));

    private static final Map<Integer, List<Command>> SAM = byInstruction(List.of(COMMON, OURS, TERMINAL, SAM_GREY));

    private CommandSet() {}

    /** The command; 6E00 for a class, 6D00 for an instruction that the card does not know. */
    static Command find(CommandApdu apdu, CardProfile profile) {
        boolean greyless =
                apdu.cla() == GREY_CLASS && !profile.switches().habits().isEmpty();
        CommandRefused.unless(CLASSES.contains(apdu.cla()) && !greyless, StatusWord.CLA_UNKNOWN);
        List<Command> named = own(profile).getOrDefault(apdu.ins(), List.of());
        CommandRefused.unless(!named.isEmpty(), StatusWord.INS_UNKNOWN);
        for (Command command : named) {
            if (command.accepts(apdu.cla())) {
                return command;
            }
        }
        throw new CommandRefused(StatusWord.CLA_UNKNOWN);
    }

    private static Map<Integer, List<Command>> own(CardProfile profile) {
        if (profile.sam()) {
            return profile.switches().habits().isEmpty() ? SAM : SAM_AS_BOUGHT;
        }
        return profile.accessMethods() == 0 ? RESIDENT_WITHOUT_ACCESS : RESIDENT;
    }

    /** Instruction to the commands of that instruction, which differ by class. */
    private static Map<Integer, List<Command>> byInstruction(List<List<Command>> sets) {
        return sets.stream().flatMap(List::stream).collect(Collectors.groupingBy(Command::ins));
    }
}
