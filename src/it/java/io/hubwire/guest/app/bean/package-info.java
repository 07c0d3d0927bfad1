/** What the application has in addition where the server has CDI and JSON-B. */
package io.hubwire.guest.app.bean;
