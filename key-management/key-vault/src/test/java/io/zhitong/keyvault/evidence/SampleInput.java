package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.keyapi.VaultState;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evidence of a vault that does not exist. */
final class SampleInput {
    private SampleInput() {}

    /** Nobody has come yet; a device is its module. */
    static EvidenceInput sealed() {
        return of(VaultState.SEALED, List.of(), "SdfModule");
    }

    /** One key that was lost, one that is well. */
    static EvidenceInput open() {
        KeyTerms forever = new KeyTerms(KeyOrigin.IMPORTED, Exportability.EXCHANGE, 1000, 0, "王芳");
        KeyTerms bounded = new KeyTerms(KeyOrigin.MADE, Exportability.NEVER, 1000, 2000, "");
        return of(
                VaultState.OPEN,
                List.of(
                        new KeyListing(
                                KeyRef.of(KeyUsage.BOUGHT_DPK, 1), KeyState.ACTIVE, bounded, 1000, 1000, new byte[] {
                                    1, 2, 3
                                }),
                        new KeyListing(
                                KeyRef.of(KeyUsage.DTK, 2, new byte[] {0x44, 3, -1, 0, 0, 0, 0, 0}),
                                KeyState.COMPROMISED,
                                forever,
                                1000,
                                1500,
                                new byte[] {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF})),
                "SoftModule");
    }

    private static EvidenceInput of(VaultState state, List<KeyListing> masters, String home) {
        VaultPortrait portrait = new VaultPortrait(
                1_800_000_000_123L,
                new VaultStatus(state, VaultMark.NONE, 5, 9, new byte[32], "模块 module"),
                state == VaultState.OPEN,
                masters,
                List.of(),
                List.of(),
                List.of(new Revocation(BigInteger.TEN, RevocationReason.LOST, Instant.ofEpochSecond(1000))),
                List.of(
                        new VaultPortrait.Fact("module.home", home),
                        new VaultPortrait.Fact("software.version", "0.1.0"),
                        new VaultPortrait.Fact("bouncycastle.version", "1.86")));
        return new EvidenceInput(
                portrait,
                new DoorState(state, false, 0, 0, List.of(), 0),
                new AuditExport.Verified(AuditPosition.start(), new AuditPosition(9, new byte[32]), 2, 8),
                Map.of(AuditKind.OPENED, 2L),
                List.of(),
                Optional.empty(),
                List.of(CustodyItem.fresh(
                        1,
                        new CustodyEntry(
                                CustodyKind.MOTHER_CARD, "MC0001", "DPK CMAC 010203", "李雷", "保险柜一", Optional.empty()),
                        1000)),
                List.of(new IssuedMachine(
                        BigInteger.TEN,
                        MachineProfile.P256,
                        new MachineName(MachineRole.POS, "43"),
                        Instant.ofEpochSecond(1000),
                        Instant.ofEpochSecond(2000),
                        new byte[32])),
                new EvidenceInput.Rules(Map.of(KeyUsage.TRANSPORT, Set.of(KeyUsage.CARD_CONTROL)), Set.of()));
    }
}
