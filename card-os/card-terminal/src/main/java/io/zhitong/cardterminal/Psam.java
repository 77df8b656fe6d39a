package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A PSAM in a slot (消费安全存取模块): purchases and grey locks, docs/card.md.
 *
 * <p>Thread-safe: a module shared without order answers one purchase with the MAC of another. After a
 * {@link CardException} from it the slot has to be powered again and the module opened afresh.
 */
public final class Psam implements PurchaseSam, MeteredSam {
    private static final int SERIAL = 10;
    private static final int TERMINAL = 6;
    /** Holds the next terminal sequence to be given. */
    private static final int SEQUENCE_FILE = 0x0019;

    private static final int LEASE_CHALLENGE = 16;
    private static final int LEASE_MAC = 4;

    private final CardChannel slot;
    private final byte[] serial;
    private final byte[] terminal;
    private final ReentrantLock turn = new ReentrantLock(true);
    private long next;
    private long open = -1;

    private Psam(CardChannel slot, byte[] serial, byte[] terminal, long next) {
        this.slot = slot;
        this.serial = serial;
        this.terminal = terminal;
        this.next = next;
    }

    /**
     * Reads serial and terminal number, selects the purchase application.
     *
     * @throws CardException if the module is not personalised or does not answer
     */
    public static Psam open(CardChannel slot) {
        slot.send(select(CardFiles.MF)).expectOk("SELECT MF of the PSAM");
        byte[] serial = Arrays.copyOf(read(slot, CardFiles.PUBLIC, SERIAL), SERIAL);
        byte[] terminal = read(slot, CardFiles.HOLDER, TERMINAL);
        slot.send(select(CardFiles.PSAM_DF)).expectOk("SELECT DF02 of the PSAM");
        long next = new ByteReader(read(slot, SEQUENCE_FILE, 4)).u32();
        return new Psam(slot, serial, terminal, next);
    }

    private static CommandApdu select(int fileId) {
        byte[] id = new ByteWriter().u16(fileId).toByteArray();
        return new CommandApdu(0x00, 0xA4, 0x00, 0x00, id, 256);
    }

    private static byte[] read(CardChannel slot, int fileId, int length) {
        var command = new CommandApdu(0x00, 0xB0, 0x80 | fileId & 0x1F, 0, new byte[0], length);
        return slot.send(command).expect("READ " + Hex.of(new byte[] {(byte) fileId}) + " of the PSAM", length);
    }

    @Override
    public byte[] serial() {
        return serial.clone();
    }

    @Override
    public byte[] terminal() {
        return terminal.clone();
    }

    /** The number that it gives next, as far as this program has seen. */
    public long next() {
        return next;
    }

    /**
     * The lease as the module has it; empty if it is not leased.
     *
     * @throws CardException if the module does not answer
     */
    public Optional<LeaseTerms> lease() {
        var command = new CommandApdu(0x00, 0xB0, leaseFile(), 0, new byte[0], LeaseTerms.LENGTH);
        ResponseApdu answer = outside(command);
        return answer.is(StatusWord.FILE_NOT_FOUND)
                ? Optional.empty()
                : Optional.of(LeaseTerms.onModule(answer.expect("READ lease of the PSAM", LeaseTerms.LENGTH)));
    }

    /** A challenge for {@link #renew}, 16 bytes; good until the next command to the module. */
    public byte[] leaseChallenge() {
        return outside(new CommandApdu(0x00, 0x84, 0, 0, new byte[0], LEASE_CHALLENGE))
                .expect("GET CHALLENGE", LEASE_CHALLENGE);
    }

    /**
     * Writes a renewed lease.
     *
     * @param mac by the lease's owner over the command, under the challenge drawn last; 4 bytes
     * @throws CardException STATUS: the module does not accept it, or another command came between
     */
    public void renew(LeaseTerms terms, byte[] mac) {
        if (mac.length != LEASE_MAC) {
            throw new IllegalArgumentException("expected a MAC of 4 bytes");
        }
        byte[] body = new ByteWriter().bytes(terms.encode()).bytes(mac).toByteArray();
        outside(new CommandApdu(0x04, 0xD6, leaseFile(), 0, body, CommandApdu.NO_LE))
                .expectOk("UPDATE lease of the PSAM");
    }

    private static int leaseFile() {
        return 0x80 | CardFiles.SAM_LEASE & 0x1F;
    }

    /** A command between purchases; a purchase that is open in the module ends with it. */
    private ResponseApdu outside(CommandApdu command) {
        turn.lock();
        try {
            open = -1;
            return slot.send(command);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Session begin() {
        turn.lock();
        return new Held();
    }

    @Override
    public LockSession beginLock() {
        turn.lock();
        return new HeldForLock();
    }

    @Override
    public byte[] debitMac(GreyLock lock, long amount) {
        byte[] body = new ByteWriter()
                .u8(TransactionType.EP_GREY_DEBIT.id())
                .u32(amount)
                .u16(lock.record().offlineSeq())
                .u8(lock.record().keyVersion())
                .u8(lock.record().algorithm().id())
                .bytes(lock.record().cardFactor())
                .toByteArray();
        turn.lock();
        try {
            open = -1;
            return slot.send(new CommandApdu(0xE0, 0x44, 0, 0, body, 4)).expect("CALCULATE GMAC", 4);
        } finally {
            turn.unlock();
        }
    }

    private static byte[] body(Demand demand) {
        return new ByteWriter()
                .bytes(demand.random())
                .u16(demand.offlineSeq())
                .u32(demand.amount())
                .u8(demand.type().id())
                .bytes(demand.time().bytes())
                .u8(demand.keyVersion())
                .u8(demand.algorithm())
                .bytes(demand.serial())
                .toByteArray();
    }

    private ByteReader issue(CommandApdu command, String name, int length) {
        open = -1;
        var in = new ByteReader(slot.send(command).expect(name, length));
        open = in.u32();
        next = open + 1;
        return in;
    }

    private Verdict certify(CommandApdu command, String name, long terminalSeq) {
        if (open != terminalSeq) {
            return Verdict.CANNOT_TELL;
        }
        open = -1;
        ResponseApdu answer = slot.send(command);
        if (answer.is(StatusWord.PURSE_MAC_WRONG)) {
            return Verdict.WRONG;
        }
        answer.expectOk(name);
        return Verdict.GENUINE;
    }

    private final class Held implements Session {
        @Override
        public long nextSequence() {
            return next;
        }

        @Override
        public Authorisation authorise(Demand demand) {
            ByteReader in = issue(new CommandApdu(0x80, 0x70, 0, 0, body(demand), 8), "INIT SAM", 8);
            return new Authorisation(open, in.bytes(4));
        }

        @Override
        public Verdict confirm(long terminalSeq, byte[] mac2) {
            return certify(new CommandApdu(0x80, 0x72, 0, 0, mac2, CommandApdu.NO_LE), "CREDIT SAM", terminalSeq);
        }

        @Override
        public void close() {
            turn.unlock();
        }
    }

    private final class HeldForLock implements LockSession {
        @Override
        public long nextSequence() {
            return next;
        }

        @Override
        public LockAuthorisation authorise(Demand demand) {
            ByteReader in = issue(new CommandApdu(0xE0, 0x40, 0, 0, body(demand), 12), "INIT SAM GREY LOCK", 12);
            return new LockAuthorisation(open, in.bytes(4), in.bytes(4));
        }

        @Override
        public Verdict confirm(long terminalSeq, byte[] mac2) {
            var command = new CommandApdu(0xE0, 0x42, 0, 0, mac2, CommandApdu.NO_LE);
            return certify(command, "CERTIFICATE SAM GREY LOCK", terminalSeq);
        }

        @Override
        public void close() {
            turn.unlock();
        }
    }
}
