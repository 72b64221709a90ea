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

/* RtlNtStatusToDosError() gives back the low word of a status with this high word. */
#define FACILITY_WIN32_STATUS 0xc0070000

NTSTATUS status_from_error( DWORD error )
{
    switch (error)
    {
    case 0:                     return STATUS_SUCCESS;
    case WSAECONNABORTED:       return STATUS_CONNECTION_ABORTED;
    case WSAECONNREFUSED:       return STATUS_CONNECTION_REFUSED;
    case WSAECONNRESET:         return STATUS_CONNECTION_RESET;
    case WSAEHOSTUNREACH:       return STATUS_HOST_UNREACHABLE;
    case WSAEMSGSIZE:           return STATUS_BUFFER_OVERFLOW;
    case WSAENETUNREACH:        return STATUS_NETWORK_UNREACHABLE;
    case WSAENOTCONN:           return STATUS_INVALID_CONNECTION;
    case WSAESHUTDOWN:          return STATUS_PIPE_DISCONNECTED;
    case WSAETIMEDOUT:          return STATUS_IO_TIMEOUT;
    case WSA_OPERATION_ABORTED: return STATUS_CANCELLED;
    default:                    return FACILITY_WIN32_STATUS | (error & 0xffff);
    }
}
