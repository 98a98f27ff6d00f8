package io.convoke.actors.guest;

/**
 * How much the credential store holds at once.
 *
 * @param queueSize credentials that wait or are being written at most; beyond it joins are refused
 * @param batchRows credentials that share a transaction at most
 * @param parallelTransactions transactions at once
 */
public record CredentialStoreSettings(int queueSize, int batchRows, int parallelTransactions) {
    /** 1000 waiting, 100 in a transaction, 2 transactions at once. */
    public static CredentialStoreSettings standard() {
        return new CredentialStoreSettings(1000, 100, 2);
    }
}
