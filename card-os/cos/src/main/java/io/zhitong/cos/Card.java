package io.zhitong.cos;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.RandomExhausted;
import io.zhitong.cos.chip.WornOut;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.ApplicationState;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.cos.state.Habit;
import io.zhitong.cos.state.LifeState;
import io.zhitong.cos.state.Session;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import java.util.Arrays;

/**
 * A powered card (智能卡): a command APDU in, data and status word out, docs/card.md.
 *
 * <p>Whatever the bytes are, {@link #process} answers with a status word. Only the chip can end it otherwise: a planned
 * loss of power ({@link PowerLoss}), after which every call ends the same until {@link #reset}, and a fed random source
 * that runs out ({@link RandomExhausted}). Not thread-safe: one terminal at a time.
 */
public final class Card {
    /** Bytes of memory for the log of changes; one command changes less than half of it. */
    static final int JOURNAL = 6144;

    private final Nvm nvm;
    private final RandomSource random;
    private CardContext context;
    private byte[] uid = new byte[4];
    private boolean mute;

    /**
     * Powers a card up.
     *
     * @throws MalformedInput if the memory holds no card
     */
    public Card(Nvm nvm, RandomSource random) {
        this.nvm = nvm;
        this.random = random;
        this.context = powerUp();
    }

    /** Takes power away and gives it back; answers the ATS. */
    public byte[] reset() {
        mute = false;
        context = powerUp();
        return ats();
    }

    /** UID of anticollision: 08 and three random bytes, another at every power-up, unless the chip has a fixed one. */
    public byte[] uid() {
        return uid.clone();
    }

    /** Answer to select. */
    public byte[] ats() {
        return context.profile().ats(uid);
    }

    /** The profile the card was born with. */
    public CardProfile profile() {
        return context.profile();
    }

    /** Where the card stands in its life. */
    public LifeState life() {
        return LifeState.of(context.memory());
    }

    /** What is burnt into the chip. */
    public ChipIdentity identity() {
        return ChipIdentity.of(nvm.fused());
    }

    /** The card's files, for showing them: nothing may be changed through them. */
    public FileSystem files() {
        return context.files();
    }

    /** The chip's memory, for planning a loss of power and for wear. */
    public Nvm nvm() {
        return nvm;
    }

    /** One command; data ‖ SW. */
    public byte[] process(byte[] raw) {
        nvm.requirePower();
        if (mute) {
            return answer(Shape.NOTHING, StatusWord.MEMORY_FAILED.value());
        }
        if (isDead()) {
            return answer(Shape.NOTHING, StatusWord.NOT_SUPPORTED.value());
        }
        context.session().beginCommand();
        try {
            byte[] data = run(CommandApdu.parse(raw));
            context.memory().commit();
            return answer(data, context.session().outcome().value());
        } catch (MalformedInput e) {
            return refuse(StatusWord.WRONG_LENGTH.value());
        } catch (CommandRefused e) {
            return refuse(e.sw());
        } catch (PowerLoss | RandomExhausted e) {
            throw e;
        } catch (WornOut e) {
            mute = true;
            return answer(Shape.NOTHING, StatusWord.MEMORY_FAILED.value());
        } catch (RuntimeException fault) {
            // The card's edge: a fault of ours must not reach the terminal as anything but a status word.
            return refuse(StatusWord.INTERNAL.value());
        }
    }

    private byte[] run(CommandApdu apdu) {
        Command command = CommandSet.find(apdu, context.profile());
        life().admit(apdu);
        context.requireOpen(command.worksUpTo());
        int length = apdu.data().length;
        boolean tooLong = length > Shape.MAX || apdu.le() > Shape.MAX && apdu.le() < 256;
        CommandRefused.unless(!tooLong, StatusWord.WRONG_LENGTH);
        return command.run(apdu, context);
    }

    private boolean isDead() {
        return context.files().mf().state() == ApplicationState.BLOCKED_FOR_GOOD || life() == LifeState.TERMINATED;
    }

    private byte[] refuse(int sw) {
        context.memory().rollback();
        return answer(Shape.NOTHING, sw);
    }

    private CardContext powerUp() {
        nvm.powerUp();
        JournalledMemory memory = new JournalledMemory(nvm, JOURNAL);
        CardProfile profile = ChipBlock.profile(memory)
                .orElseThrow(() -> new MalformedInput("expected the memory of a card of a known profile"));
        FileSystem files = new FileSystem(memory, profile.purseRoom());
        try {
            files.recover();
        } catch (WornOut end) {
            mute = true;
        }
        CardContext powered = new CardContext(profile, memory, files, new Session(files.mf()), random);
        powered.freeWithoutKeys();
        uid = profile.has(Habit.FIXED_UID) ? identity().uid() : drawUid();
        return powered;
    }

    /** Not from {@link #random}: what is fed to a card for reproducing a transaction is for its commands. */
    private static byte[] drawUid() {
        byte[] drawn = RandomSource.secure().bytes(4);
        drawn[0] = 0x08;
        return drawn;
    }

    private static byte[] answer(byte[] data, int sw) {
        byte[] out = Arrays.copyOf(data, data.length + 2);
        out[data.length] = (byte) (sw >> 8);
        out[data.length + 1] = (byte) sw;
        return out;
    }
}
