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
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Sm2PublicKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enrols devices (设备注册): the token is spent and the certificate noted in one transaction with the vault's signature, so that a
 * vault that is away costs no token.
 */
@Component
final class EnrolmentDesk implements Enrolment.Handler {
    private final TransactionTemplate transactions;
    private final DeviceTokens tokens;
    private final DeviceCertificates certificates;
    private final Estate estate;
    private final KeyService vault;

    EnrolmentDesk(
            TransactionTemplate transactions,
            DeviceTokens tokens,
            DeviceCertificates certificates,
            Estate estate,
            KeyService vault) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.certificates = certificates;
        this.estate = estate;
        this.vault = vault;
    }

    @Override
    public Enrolment.Granted enrol(Enrolment.Question question) {
        return transactions.execute(status -> enrolInTransaction(question));
    }

    private Enrolment.Granted enrolInTransaction(Enrolment.Question question) {
        DeviceRow device = tokens.spend(question.token())
                .flatMap(estate::device)
                .orElseThrow(() -> new EnrolmentRefusedException(Enrolment.Refusal.UNKNOWN_TOKEN));
        DeviceAddress address = device.address();
        MachineCertificate certificate = certify(device, question.pkcs10());
        certificates.issued(address, certificate);
        return new Enrolment.Granted(
                address, certificate.chain(), publicKey(SigningKey.POLICY), publicKey(SigningKey.COMMAND));
    }

    private MachineCertificate certify(DeviceRow device, byte[] request) {
        MachineName name = new MachineName(role(device.kind()), device.address().certificateName());
        try {
            return vault.enrolMachine(new MachineEnrolment(MachineProfile.SM2, name, request));
        } catch (KeyServiceException e) {
            throw e.reason() == KeyRefusal.BAD_CERTIFICATE_REQUEST
                    ? new EnrolmentRefusedException(Enrolment.Refusal.BAD_REQUEST)
                    : e;
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
