/*
 * Administration of layered providers: output
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

#include "winelsp.h"

#define COLUMNS 80

static void write_text( DWORD handle_id, const WCHAR *text, int len )
{
    HANDLE handle = GetStdHandle( handle_id );
    DWORD mode, written;
    int size;
    char *utf8;

    if (GetConsoleMode( handle, &mode ))
    {
        WriteConsoleW( handle, text, len, &written, NULL );
        return;
    }
    size = WideCharToMultiByte( CP_UTF8, 0, text, len, NULL, 0, NULL, NULL );
    if (!(utf8 = malloc( size ))) return;
    WideCharToMultiByte( CP_UTF8, 0, text, len, utf8, size, NULL, NULL );
    WriteFile( handle, utf8, size, &written, NULL );
    free( utf8 );
}

static void write_formatted( DWORD handle_id, const WCHAR *format, va_list args )
{
    WCHAR buffer[1001];
    int len = _vsnwprintf( buffer, ARRAYSIZE(buffer), format, args );

    write_text( handle_id, buffer, len < 0 ? (int)ARRAYSIZE(buffer) : len );
}

void print_text( const WCHAR *text )
{
    write_text( STD_OUTPUT_HANDLE, text, wcslen( text ) );
}

void print( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    write_formatted( STD_OUTPUT_HANDLE, format, args );
    va_end( args );
}

void print_error( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    write_formatted( STD_ERROR_HANDLE, format, args );
    va_end( args );
}

void error_args( const WCHAR *format, va_list args )
{
    print_error( L"winelsp: " );
    write_formatted( STD_ERROR_HANDLE, format, args );
    print_error( L"\n" );
}

int error( const WCHAR *format, ... )
{
    va_list args;

    va_start( args, format );
    error_args( format, args );
    va_end( args );
    return STATUS_FAILED;
}

const WCHAR *describe_system_error( DWORD code )
{
    static WCHAR buffer[200];
    DWORD len;

    len = FormatMessageW( FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code, 0, buffer,
                          ARRAYSIZE(buffer) - 20, NULL );
    while (len && (buffer[len - 1] <= ' ' || buffer[len - 1] == '.')) --len;
    swprintf( buffer + len, ARRAYSIZE(buffer) - len, L"%lserror %lu%ls", len ? L" (" : L"", code, len ? L")" : L"" );
    return buffer;
}

/* How much of a text fits into a line: up to a space if there is one, and no half character. */
static unsigned int fitting_length( const WCHAR *text, unsigned int room )
{
    unsigned int len = wcslen( text ), i;

    if (len <= room) return len;
    for (i = room; i; --i) if (text[i] == ' ') return i;
    return IS_HIGH_SURROGATE( text[room - 1] ) ? room - 1 : room;
}

void print_wrapped( const WCHAR *label, unsigned int indent, const WCHAR *text )
{
    unsigned int len;

    print( L"%-*ls", indent, label );
    for (;;)
    {
        len = fitting_length( text, COLUMNS - indent );
        print( L"%.*ls\n", len, text );
        text += len;
        while (*text == ' ') ++text;
        if (!*text) return;
        print( L"%*ls", indent, L"" );
    }
}

const WCHAR *guid_string( const GUID *guid, WCHAR buffer[GUID_CHARS] )
{
    swprintf( buffer, GUID_CHARS, L"{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", guid->Data1, guid->Data2,
              guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4],
              guid->Data4[5], guid->Data4[6], guid->Data4[7] );
    return buffer;
}

BOOL parse_guid( const WCHAR *string, GUID *guid )
{
    WCHAR braced[GUID_CHARS], again[GUID_CHARS];
    unsigned int data[10], i;
    unsigned long data1;

    /* The braces may be left out. */
    if (wcslen( string ) == GUID_CHARS - 1) wcscpy( braced, string );
    else if (wcslen( string ) == GUID_CHARS - 3) swprintf( braced, GUID_CHARS, L"{%ls}", string );
    else return FALSE;

    if (swscanf( braced, L"{%8lx-%4x-%4x-%2x%2x-%2x%2x%2x%2x%2x%2x}", &data1, &data[0], &data[1], &data[2], &data[3],
                 &data[4], &data[5], &data[6], &data[7], &data[8], &data[9] ) != 11)
        return FALSE;
    guid->Data1 = data1;
    guid->Data2 = data[0];
    guid->Data3 = data[1];
    for (i = 0; i < 8; ++i) guid->Data4[i] = data[i + 2];
    /* swscanf() takes signs and shorter numbers, too. */
    return !_wcsicmp( guid_string( guid, again ), braced );
}
