package io.hubwire.guest.app.bean;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;

/** A value whose JSON is said by annotations. */
public class Parcel {
    @JsonbProperty("to")
    private String receiver;

    @JsonbTransient
    private String secret = "unset";

    public String getReceiver() {
        return receiver;
    }

    public void setReceiver(String receiver) {
        this.receiver = receiver;
    }

    public String getSecret() {
        return secret;
    }

    public void setSecret(String secret) {
        this.secret = secret;
    }
}
