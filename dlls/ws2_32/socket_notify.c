/*
 * Readiness of sockets through a completion port
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "ws2_32_private.h"

/* A socket whose readiness is to be told to a completion port. */
struct socket_registration
{
    SOCKET s;
    void *key;
    UINT16 events;
    UINT8 operation;
    UINT8 trigger;
    DWORD result;
};

/***********************************************************************
 *      ProcessSocketNotifications   (ws2_32.@)
 *
 * Registers sockets with a completion port, and takes packets from it. The second works, with the milliseconds of a
 * time-out; WAIT_TIMEOUT is then the result when there was none. For registrations, which neither Wine nor providers
 * know, WSAEOPNOTSUPP. WSA_INVALID_PARAMETER if there is nothing to do, or nowhere to put a packet. Returns 0 or the
 * error.
 */
DWORD WINAPI ProcessSocketNotifications( HANDLE port, UINT32 registration_count,
                                         struct socket_registration *registrations, UINT32 timeout,
                                         ULONG entry_count, OVERLAPPED_ENTRY *entries, UINT32 *received )
{
    ULONG count = 0;

    TRACE( "port %p, registration_count %u, registrations %p, timeout %u, entry_count %lu, entries %p, received %p\n",
           port, registration_count, registrations, timeout, entry_count, entries, received );

    if ((registration_count && !registrations) || (entry_count && (!entries || !received)) ||
        (!registration_count && !entry_count))
        return WSA_INVALID_PARAMETER;
    if (registration_count)
    {
        FIXME( "Sockets cannot be registered.\n" );
        return WSAEOPNOTSUPP;
    }
    *received = 0;
    if (!GetQueuedCompletionStatusEx( port, entries, entry_count, &count, timeout, FALSE )) return GetLastError();
    *received = count;
    return 0;
}
