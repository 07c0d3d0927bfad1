/** The examples of the README and of the guide for those who come from ASP.NET SignalR, compiled; a test compares the former with its text, another runs the latter. */
package io.hubwire.examples;
