package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineCertificate;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.link.LinkException;
import io.zhitong.link.LinkFault;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enrols devices and renews their certificates (设备注册与续期): the token is spent and the certificate noted in one transaction with the vault's signature, so that a
 * vault that is away costs no token.
 */
@Component
final class EnrolmentDesk implements Enrolment.Handler {
    private final TransactionTemplate transactions;
    private final DeviceTokens tokens;
    private final DeviceCertificates certificates;
    private final Estate estate;
    private final KeyService vault;
    private final Clock clock;

    EnrolmentDesk(
            TransactionTemplate transactions,
            DeviceTokens tokens,
            DeviceCertificates certificates,
            Estate estate,
            KeyService vault,
            Clock clock) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.certificates = certificates;
        this.estate = estate;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Enrolment.Granted enrol(Enrolment.Question question) {
        return transactions.execute(status -> enrolInTransaction(question));
    }

    private Enrolment.Granted enrolInTransaction(Enrolment.Question question) {
        byte[] key = keyHash(question.pkcs10());
        DeviceTokens.Spent token = tokens.spend(question.token(), key)
                .orElseThrow(() -> new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN));
        DeviceRow device = estate.inService(token.device())
                .orElseThrow(() -> new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN));
        certificates.lock(device.address());
        MachineCertificate certificate = answered(device, key, Enrolment.Refusal.UNKNOWN_TOKEN)
                .orElseGet(() -> token.replaces()
                        ? replace(device, question.pkcs10())
                        : certify(device, question.pkcs10(), "device.enrol"));
        return new Enrolment.Granted(
                device.address(),
                certificate.chain(),
                publicKey(SigningKey.POLICY),
                publicKey(SigningKey.COMMAND),
                Optional.of(publicKey(SigningKey.AUDIT)));
    }

    /** Only what the device had before ends: who asks again because the answer was lost ends nothing. */
    private MachineCertificate replace(DeviceRow device, byte[] request) {
        MachineCertificate certificate = certify(device, request, "device.replace");
        certificates.revokeOthers(device.address(), certificate.serial());
        return certificate;
    }

    /**
     * The next certificate of a connected device, once a third of the present one's life is left.
     *
     * @param peer who the device's certificate says it is
     * @throws EnrolmentRefusedException NOT_RENEWED when that certificate is revoked, not noted as this device's, not due, or
     *     of another role than the device has now
     */
    List<X509Certificate> renew(DeviceAddress address, MachinePeer peer, byte[] pkcs10) {
        return transactions.execute(status -> {
            byte[] key = keyHash(pkcs10);
            Optional<DeviceRow> row = estate.inService(address);
            certificates.lock(address);
            if (profile(pkcs10) != peer.profile()) {
                throw new EnrolmentRefusedException(Enrolment.Refusal.BAD_REQUEST);
            }
            DeviceRow device = row.filter(found -> role(found.kind()) == peer.role() && renewable(address, peer))
                    .orElseThrow(() -> new EnrolmentRefusedException(Enrolment.Refusal.NOT_RENEWED));
            return answered(device, key, Enrolment.Refusal.NOT_RENEWED)
                    .orElseGet(() -> certify(device, pkcs10, "device.renew"))
                    .chain();
        });
    }

    /**
     * A device keeps the profile it enrolled with last: a certificate of the other one, from an enrolment before, opens nothing.
     *
     * @throws LinkException OTHER_PROFILE
     */
    void requireProfile(DeviceAddress address, MachineProfile shown) {
        if (certificates.profile(address).filter(pinned -> pinned != shown).isPresent()) {
            throw new LinkException(LinkFault.OTHER_PROFILE, "expected the profile of the newest enrolment");
        }
    }

    private boolean renewable(DeviceAddress address, MachinePeer peer) {
        return certificates
                .ofSerial(address, peer.serial())
                .filter(noted -> !noted.revoked() && !clock.instant().isBefore(noted.due()))
                .isPresent();
    }

    /** What this key was given not long before; a device asks again when the answer was lost. A revoked key gets nothing any more. */
    private Optional<MachineCertificate> answered(DeviceRow device, byte[] key, Enrolment.Refusal revoked) {
        Optional<DeviceCertificates.Noted> before = certificates.ofKey(device.address(), key);
        if (before.filter(DeviceCertificates.Noted::revoked).isPresent()) {
            throw new EnrolmentRefusedException(revoked);
        }
        return before.filter(noted -> clock.instant().isBefore(noted.due()))
                .map(noted -> new MachineCertificate(noted.pem()));
    }

    private MachineCertificate certify(DeviceRow device, byte[] request, String action) {
        MachineName name = new MachineName(role(device.kind()), device.address().certificateName());
        try {
            MachineCertificate certificate = vault.enrolMachine(new MachineEnrolment(profile(request), name, request));
            certificates.issued(device.address(), certificate, action, keyHash(request));
            return certificate;
        } catch (KeyServiceException e) {
            throw e.reason() == KeyRefusal.BAD_CERTIFICATE_REQUEST
                    ? new EnrolmentRefusedException(Enrolment.Refusal.BAD_REQUEST)
                    : e;
        }
    }

    private static byte[] keyHash(byte[] pkcs10) {
        try {
            return Sm3.hash(MachineKeys.requested(pkcs10));
        } catch (MachineTlsException e) {
            throw new EnrolmentRefusedException(Enrolment.Refusal.BAD_REQUEST);
        }
    }

    private static MachineProfile profile(byte[] pkcs10) {
        try {
            return MachineKeys.profile(pkcs10);
        } catch (MachineTlsException e) {
            throw new EnrolmentRefusedException(Enrolment.Refusal.BAD_REQUEST);
        }
    }

    private Sm2PublicKey publicKey(SigningKey key) {
        return Sm2PublicKey.decode(vault.publicKey(key));
    }

    private static MachineRole role(DeviceKind kind) {
        return switch (kind) {
            case CONTROLLER -> MachineRole.CONTROLLER;
            case POS -> MachineRole.POS;
        };
    }
}
