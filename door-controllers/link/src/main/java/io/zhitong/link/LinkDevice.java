package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.smcrypto.Sm2PublicKey;

/**
 * A device as its {@link LinkClient} needs it (接入设备).
 *
 * @param software name and version of the program, at most 64 characters
 * @param policyKey signs lists; from enrolment
 * @param commandKey signs commands; from enrolment
 */
public record LinkDevice(
        DeviceAddress address,
        String software,
        Sm2PublicKey policyKey,
        Sm2PublicKey commandKey,
        JournalSource journal,
        ListHolder lists,
        CommandReceiver commands,
        LinkMonitor monitor,
        CertificateRenewal renewal,
        CheckpointKeeper checkpoints,
        BlobSource blobs,
        ImageSink images) {

    /** A device that takes no updates. */
    public LinkDevice(
            DeviceAddress address,
            String software,
            Sm2PublicKey policyKey,
            Sm2PublicKey commandKey,
            JournalSource journal,
            ListHolder lists,
            CommandReceiver commands,
            LinkMonitor monitor,
            CertificateRenewal renewal,
            CheckpointKeeper checkpoints,
            BlobSource blobs) {
        this(
                address,
                software,
                policyKey,
                commandKey,
                journal,
                lists,
                commands,
                monitor,
                renewal,
                checkpoints,
                blobs,
                ImageSink.none());
    }

    /** A device without pictures. */
    public LinkDevice(
            DeviceAddress address,
            String software,
            Sm2PublicKey policyKey,
            Sm2PublicKey commandKey,
            JournalSource journal,
            ListHolder lists,
            CommandReceiver commands,
            LinkMonitor monitor,
            CertificateRenewal renewal,
            CheckpointKeeper checkpoints) {
        this(
                address,
                software,
                policyKey,
                commandKey,
                journal,
                lists,
                commands,
                monitor,
                renewal,
                checkpoints,
                BlobSource.none());
    }

    /** A device that keeps the certificate it has. */
    public LinkDevice(
            DeviceAddress address,
            String software,
            Sm2PublicKey policyKey,
            Sm2PublicKey commandKey,
            JournalSource journal,
            ListHolder lists,
            CommandReceiver commands,
            LinkMonitor monitor) {
        this(address, software, policyKey, commandKey, journal, lists, commands, monitor, CertificateRenewal.never());
    }

    /** A device that keeps no checkpoints of the vault's audit. */
    public LinkDevice(
            DeviceAddress address,
            String software,
            Sm2PublicKey policyKey,
            Sm2PublicKey commandKey,
            JournalSource journal,
            ListHolder lists,
            CommandReceiver commands,
            LinkMonitor monitor,
            CertificateRenewal renewal) {
        this(
                address,
                software,
                policyKey,
                commandKey,
                journal,
                lists,
                commands,
                monitor,
                renewal,
                CheckpointKeeper.none());
    }
}
