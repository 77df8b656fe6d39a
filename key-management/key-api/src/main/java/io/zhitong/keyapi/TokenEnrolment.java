package io.zhitong.keyapi;

/** How a machine without a certificate gets its first one (令牌注册): by a one-time token. */
@FunctionalInterface
public interface TokenEnrolment {
    /**
     * Certifies the machine and spends the token.
     *
     * @throws KeyServiceException {@link KeyRefusal#BAD_TOKEN} when the token is unknown, spent or over
     */
    MachineCertificate enrol(String token, MachineEnrolment enrolment);
}
