package io.zhitong.keyapi;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An administration without a vault, for the wire only: it writes down what was asked. */
final class EchoAdministration implements KeyAdministration, Custodians, Ceremonies, VaultEvidence {
    static final CeremonyStatus STATUS = new CeremonyStatus(
            CeremonyStep.DEALING,
            new byte[16],
            Optional.of(new CeremonySettings("锦绣家园", 2, 3, true, false)),
            true,
            "0123 4567",
            List.of(new CeremonyStatus.Participant(3, "王芳", true, false, true, false, true)));
    static final DoorState DOOR = new DoorState(VaultState.SEALED, true, 3, 4, List.of(2, 4), 599);
    static final Proposal PROPOSAL = new Proposal(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8},
            new KeyOrder.ChangeKeyState(KeyRef.of(KeyUsage.DPK, 2), KeyState.RETIRED),
            "李雷",
            1000,
            2000,
            ProposalState.DONE,
            List.of(1, 15),
            "已停发");

    static final AuditPage PAGE =
            new AuditPage(new AuditMark(9, new byte[32]), new AuditMark(6, new byte[32]), new byte[] {0, 1, 2});
    static final VaultPortrait PORTRAIT = new VaultPortrait(
            1_800_000_000_123L,
            new VaultStatus(VaultState.OPEN, VaultMark.DEMO_QUORUM, 5, 9, new byte[32], "软件 soft"),
            true,
            List.of(new KeyListing(
                    KeyRef.of(KeyUsage.DTK, 2), KeyState.ACTIVE, KeyTerms.own(1000), 1000, 1001, new byte[] {1, 2, 3})),
            List.of(new VaultPortrait.Signer(SigningKey.AUDIT, new byte[64])),
            List.of(new byte[] {0x30, 0}),
            List.of(new Revocation(BigInteger.TEN, RevocationReason.LOST, Instant.ofEpochSecond(1000))),
            List.of(new VaultPortrait.Fact("java.version", "17")));

    final List<String> asked = new ArrayList<>();

    private <T> T note(T answer, String what, Object... details) {
        StringBuilder text = new StringBuilder(what);
        for (Object each : details) {
            text.append(' ').append(each instanceof SecretBytes secret ? text(secret) : words(each));
        }
        asked.add(text.toString());
        return answer;
    }

    private static String text(SecretBytes secret) {
        return new String(secret.export(SecretAccess.TOKEN), StandardCharsets.US_ASCII);
    }

    private static String words(Object each) {
        return each instanceof byte[] bytes ? Hex.of(bytes) : each.toString();
    }

    /** A door without a wall: it writes down what was asked. */
    private final class EchoDoor implements VaultDoor {
        @Override
        public DoorState door() {
            return DOOR;
        }

        @Override
        public DoorState giveShare(SecretBytes share) {
            return note(DOOR, "giveShare", share);
        }

        @Override
        public DoorState forgetShares() {
            return note(DOOR, "forgetShares");
        }

        @Override
        public DoorState seal() {
            return note(DOOR, "seal");
        }

        @Override
        public Testimony testify(Testimony known) {
            return note(
                    known,
                    "testify",
                    known.newest().map(AuditCheckpoint::number).orElse(0L));
        }

        @Override
        public DoorState passOn(List<DeviceWord> words) {
            DeviceWord first = words.get(0);
            return note(
                    DOOR, "passOn", words.size(), first.device(), first.newest().number());
        }

        @Override
        public DoorState answerNewest(long newest) {
            return note(DOOR, "answerNewest", newest);
        }
    }

    @Override
    public VaultDoor door() {
        return new EchoDoor();
    }

    final EchoMachines machines = new EchoMachines();

    @Override
    public MachineRegister machines() {
        return machines;
    }

    @Override
    public Custodians custodians() {
        return this;
    }

    @Override
    public Ceremonies ceremonies() {
        return this;
    }

    @Override
    public CustodyRegister register() {
        return new EchoRegister(asked);
    }

    @Override
    public VaultEvidence evidence() {
        return this;
    }

    @Override
    public AuditPage audit(long from, int most) {
        return note(PAGE, "audit", from, most);
    }

    @Override
    public AuditMark checkpoint() {
        return note(PAGE.newest(), "checkpoint");
    }

    @Override
    public List<EvidenceFile> pack() {
        return note(List.of(new EvidenceFile("evidence.json", new byte[] {7, 8})), "pack");
    }

    @Override
    public VaultPortrait portrait() {
        return note(PORTRAIT, "portrait");
    }

    @Override
    public AuthenticationCards authenticationCards() {
        return new EchoAuthCards(asked);
    }

    @Override
    public void close() {
        asked.add("closed");
    }

    @Override
    public List<Custodian> list() {
        return List.of(new Custodian(1, "王芳", 0, false), new Custodian(15, "Ann-Mary Orr", 5, true));
    }

    @Override
    public void changePin(int custodian, SecretBytes oldPin, SecretBytes newPin) {
        note("", "changePin", custodian, oldPin, newPin);
    }

    @Override
    public Proposal propose(String proposer, KeyOrder order) {
        return note(PROPOSAL, "propose", proposer, order);
    }

    @Override
    public List<Proposal> proposals() {
        return List.of(PROPOSAL);
    }

    @Override
    public Proposal approve(byte[] number, byte[] digest, int custodian, SecretBytes pin) {
        return note(PROPOSAL, "approve", number, digest, custodian, pin);
    }

    @Override
    public Proposal withdraw(byte[] number, int custodian, SecretBytes pin) {
        return note(PROPOSAL, "withdraw", number, custodian, pin);
    }

    @Override
    public KeyCatalogue catalogue() {
        return new KeyCatalogue() {
            @Override
            public List<KeyListing> masters() {
                return new EchoKeys().keys();
            }

            @Override
            public KeyLineage lineage(KeyRef key) {
                return new KeyLineage(key, masters().get(0), List.of(new byte[] {4, 5, 6}));
            }
        };
    }

    @Override
    public CeremonyStatus status() {
        return STATUS;
    }

    @Override
    public CeremonyStatus start(CeremonySettings settings) {
        return note(STATUS, "start", settings);
    }

    @Override
    public CeremonyStatus join(String name, SecretBytes pin) {
        return note(STATUS, "join", name, pin);
    }

    @Override
    public CeremonyStatus commit(int custodian, SecretBytes pin, byte[] salt, byte[] commitment) {
        return note(STATUS, "commit", custodian, pin, salt, commitment);
    }

    @Override
    public CeremonyStatus reveal(int custodian, SecretBytes pin, SecretBytes component) {
        return note(STATUS, "reveal", custodian, pin, component);
    }

    @Override
    public DealtShare deal(int custodian, SecretBytes pin) {
        byte[] share = "5e".getBytes(StandardCharsets.US_ASCII);
        return note(new DealtShare(SecretBytes.takeOver(share), new byte[] {7, 8, 9}), "deal", custodian, pin);
    }

    @Override
    public CeremonyStatus confirm(int custodian, SecretBytes pin, SecretBytes share) {
        return note(STATUS, "confirm", custodian, pin, share);
    }

    @Override
    public CeremonyStatus close(int custodian, SecretBytes pin) {
        return note(STATUS, "close", custodian, pin);
    }

    @Override
    public CeremonyStatus abort(int custodian, SecretBytes pin) {
        return note(STATUS, "abort", custodian, pin);
    }

    @Override
    public String transcript() {
        return "1\t密钥仪式\n";
    }
}
