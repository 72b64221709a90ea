/*
 * NTSTATUS of Winsock errors
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

NTSTATUS status_from_error( DWORD error )
{
    switch (error)
    {
    case 0:                     return STATUS_SUCCESS;

    case WSA_INVALID_HANDLE:    return STATUS_INVALID_HANDLE;
    case WSA_NOT_ENOUGH_MEMORY: return STATUS_NO_MEMORY;
    case WSA_INVALID_PARAMETER: return STATUS_INVALID_PARAMETER;
    case WSA_OPERATION_ABORTED: return STATUS_CANCELLED;

    case WSAEINTR:              return STATUS_REQUEST_ABORTED;
    case WSAEACCES:             return STATUS_ACCESS_DENIED;
    case WSAEFAULT:             return STATUS_BUFFER_TOO_SMALL; /* a bad pointer makes no request */
    case WSAEINVAL:             return STATUS_INVALID_PARAMETER;
    case WSAEMFILE:             return STATUS_TOO_MANY_OPENED_FILES;
    case WSAEWOULDBLOCK:        return STATUS_DEVICE_NOT_READY;
    case WSAENOTSOCK:           return STATUS_OBJECT_TYPE_MISMATCH;
    case WSAEMSGSIZE:           return STATUS_BUFFER_OVERFLOW;
    case WSAEADDRINUSE:         return STATUS_SHARING_VIOLATION;
    case WSAEADDRNOTAVAIL:      return STATUS_INVALID_ADDRESS_COMPONENT;
    case WSAENETDOWN:           return STATUS_NETWORK_BUSY;
    case WSAENETUNREACH:        return STATUS_NETWORK_UNREACHABLE;
    case WSAECONNABORTED:       return STATUS_CONNECTION_ABORTED;
    case WSAECONNRESET:         return STATUS_CONNECTION_RESET;
    case WSAENOBUFS:            return STATUS_INSUFFICIENT_RESOURCES;
    case WSAEISCONN:            return STATUS_CONNECTION_ACTIVE;
    case WSAENOTCONN:           return STATUS_INVALID_CONNECTION;
    case WSAEOPNOTSUPP:         return STATUS_NOT_SUPPORTED;
    case WSAESHUTDOWN:          return STATUS_PIPE_DISCONNECTED;
    case WSAETIMEDOUT:          return STATUS_IO_TIMEOUT;
    case WSAECONNREFUSED:       return STATUS_CONNECTION_REFUSED;
    case WSAEHOSTDOWN:          return STATUS_HOST_DOWN;
    case WSAEHOSTUNREACH:       return STATUS_HOST_UNREACHABLE;
    case WSAEDISCON:            return STATUS_GRACEFUL_DISCONNECT;

    /* A completed request cannot be in progress; an application that is told so waits for another completion. */
    case WSA_IO_INCOMPLETE:
    case WSA_IO_PENDING:        return STATUS_UNSUCCESSFUL;
    }

    return error <= 0xffff ? STATUS_FROM_WIN32( error ) : STATUS_UNSUCCESSFUL;
}
